"""Texts that would do something if they were anything but text."""

HOSTILE = (
    "<script>window.pwned = 1</script>",
    "<img src=x onerror='window.pwned = 1'>",
    '"><svg onload="window.pwned=1">',
    "</p></section><iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<a href='javascript:window.pwned=1'>a link</a> [b](javascript:window.pwned=1)",
    "![track](http://outside.example/beacon.png) <http://outside.example/>",
    "**bold** _low_ `code` # head\n\n- list\n\n| a | b |\n|---|---|\n\n$$x^2$$ ~~gone~~",
    "${window.pwned=1} {{constructor.constructor('window.pwned=1')()}} #{1}",
    "safe\u202egnp.exe\u2066 and \u200bhidden\u200f \u061c and \x1b[31mred\x1b[0m",
    "<style>*{display:none}</style><base href='http://outside.example/'><meta http-equiv=refresh content='0;url=http://outside.example'>",
    "' onfocus='window.pwned=1' autofocus='",
    "&lt;script&gt; &amp; &#60;b&#62; \u2028 \u00a0",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.pwned=1&gt;'>",
)
