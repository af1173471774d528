"""What trains the small weights that ship; the only place that imports a training library."""
