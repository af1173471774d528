"""The most memory the process has used so far."""

import sys
from collections.abc import Sequence

from evals.trial import Trial

MEANS = "Peak resident megabytes of the process that answered; for the whole run alone."
UNIT = "MB"
LOWER = frozenset({"peak memory"})


def measure(trials: Sequence[Trial]) -> dict[str, tuple[float, int]]:
    try:
        import resource
    except ImportError:
        return {}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"peak memory": (peak / (1e6 if sys.platform == "darwin" else 1e3), len(trials))}
