"""How JupyterLab behaves here: quiet, private, and with everything it keeps in the work folder."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from champion.workplace import files
from champion.workplace.lease import corner

START_PAGE = "Start here.md"
"""The file of the work folder that opens first."""
OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "@jupyterlab/docmanager-extension:plugin": {
        "defaultViewers": {"markdown": "Markdown Preview"},
        "autosaveInterval": 30,
    },
    "@jupyterlab/notebook-extension:tracker": {"scrollPastEnd": False},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
    "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},
}
LEFT_OUT = (
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/lsp-extension",
)
"""Parts of JupyterLab that a lesson has no use for, or that ask the network for news."""
LONGEST_SOCKET = 103
"""Bytes of the longest path a local socket can have on macOS; Linux allows four more."""
SOCKET_NAME = "/kernel-00000000-0000-0000-0000-000000000000-ipc-5"


def prepare(work: Path) -> None:
    """Write what JupyterLab reads before it starts; a Problem when the folder is not writable."""
    home = _home(work)
    for name in ("app", "settings", "workspaces", "config", "data", "ipython"):
        files.make_folder(home / name)
    _write(home / "app" / "overrides.json", OVERRIDES)
    _write(home / "app" / "page_config.json", {"disabledExtensions": dict.fromkeys(LEFT_OUT, True)})


def environment(
    work: Path, token: str, runtime: Path, outside: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The environment JupyterLab and its kernels run in.

    The learner's own Jupyter and IPython settings stay out of the course, and the course out of
    theirs; the kernel is the Python that runs this, and `champion` works in a terminal there.

    Args:
        work: the work folder.
        token: what the browser must bring; here, since any user can read a command line.
        runtime: where Jupyter keeps the sockets of its kernels.
        outside: the environment of this process.
    """
    home = _home(work)
    kept = {name: value for name, value in outside.items() if name != "JUPYTER_PATH"}
    return kept | {
        "CHAMPION_WORK": str(work),
        "JUPYTER_TOKEN": token,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "IPYTHONDIR": str(home / "ipython"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), outside.get("PATH", "")]),
    }


def arguments(work: Path, port: int, runtime: Path) -> list[str]:
    """What JupyterLab is told when it starts.

    Args:
        work: the folder it opens.
        port: of the loopback address; another one is never tried.
        runtime: where Jupyter keeps the sockets of its kernels.
    """
    return [
        f"--ServerApp.root_dir={work}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
        "--ServerApp.answer_yes=True",
        "--ServerApp.jpserver_extensions={'jupyter_lsp': False}",
        f"--LabApp.app_settings_dir={_home(work) / 'app'}",
        f"--LabApp.default_url=/lab/tree/{quote(START_PAGE)}",
        "--LabApp.extension_manager=readonly",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *(["--KernelManager.transport=ipc"] if sockets_fit(runtime) else []),
    ]


def sockets_fit(runtime: Path, system: str = os.name) -> bool:
    """Whether kernels can be reached by local sockets in that folder, and not by open ports."""
    return system != "nt" and len(os.fsencode(runtime)) + len(SOCKET_NAME) <= LONGEST_SOCKET


def _write(path: Path, settings: Mapping[str, object]) -> None:
    files.write(path, (json.dumps(settings, indent=1) + "\n").encode())


def _home(work: Path) -> Path:
    return corner(work) / "jupyter"
