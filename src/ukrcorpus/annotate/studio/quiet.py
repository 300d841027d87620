"""The environment of every Label Studio process that we start: nothing of the caller's, and no word to the outside."""

import os
from pathlib import Path
from typing import Final

# Label Studio reads bare names such as HOST, PORT, USERNAME and DEBUG too: these are all that pass.
_KEPT: Final = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR")
# Nobody listens on the port "discard": what would still go out (the home page's tips) ends on this machine.
_NOWHERE: Final = "http://127.0.0.1:9"
_QUIET: Final = {
    "COLLECT_ANALYTICS": "0",
    "LATEST_VERSION_CHECK": "0",
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
    "FEATURE_FLAGS_OFFLINE": "true",
    "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
    "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
    "LABEL_STUDIO_ALLOWED_HOSTS": "127.0.0.1,localhost",
    "LABEL_STUDIO_CORS_ALLOW_ALL_ORIGINS": "false",
    "PYTHONUNBUFFERED": "1",
    "NO_PROXY": "127.0.0.1,localhost",
    "no_proxy": "127.0.0.1,localhost",
} | {name: _NOWHERE for base in ("http_proxy", "https_proxy", "all_proxy") for name in (base, base.upper())}


def quiet_environment(data: Path, home: Path) -> dict[str, str]:
    """Return the environment for a data directory; ``home`` takes what the program writes beside it."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | _QUIET | {"HOME": str(home), "LABEL_STUDIO_BASE_DATA_DIR": str(data)}
