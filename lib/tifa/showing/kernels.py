"""Kernels that are ready at once: one Python imports and loads what every notebook needs, and is forked for each.

Run as a program it is that Python: it reads requests, a line each, from standard input and answers with process ids.
Where processes cannot be forked, each kernel is a Python of its own and imports everything anew; nothing else differs.
"""

import asyncio
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning import LocalProvisioner

LONGEST_SOCKET = 95  # bytes; the system allows 107 with the number at the end
FORKS = sys.platform == "linux"
WARM = (
    "tifa.studies.phrases",
    "tifa.showing.first_page",
    "scipy.sparse",
    "scipy.special",
    "networkx",
    "tifa.showing.explore",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
)
OPTIONS = ("--HistoryManager.enabled=False",)


def serve() -> None:
    """Import and load, then fork a kernel for each request, until the input ends."""
    gc.disable()  # imports and tables make much and leave nothing to collect
    for name in WARM:
        importlib.import_module(name)
    sys.modules["tifa.showing.first_page"].read_and_draw()
    gc.freeze()  # nor need the kernels look through it again
    gc.enable()
    print("imported", flush=True)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a kernel that ends leaves no zombie, so its end is seen
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            return _become_kernel(**json.loads(line))
        print(pid, flush=True)


def _become_kernel(connection: str, folder: str, log: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    parent = os.getppid()
    os.setsid()  # an interrupt at the terminal is the runner's business
    os.chdir(folder)
    for source, target in (
        (os.open(os.devnull, os.O_RDONLY), 0),
        (os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1),
        (1, 2),
    ):
        os.dup2(source, target)
    sys.argv = ["kernel", "-f", connection, f"--IPKernelApp.parent_handle={parent}", *OPTIONS]
    sys.modules["ipykernel.kernelapp"].launch_new_instance()


class Process:
    """A forked kernel, as far as jupyter_client wants a process."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int):
        self.pid = pid

    def poll(self) -> int | None:
        """Nothing while it runs; its exit status is not known."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        while self.poll() is None:
            time.sleep(0.01)
        return 0

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class Warm:
    """The Python that is forked."""

    def __init__(self, work: Path, env: dict[str, str]):
        self.log = work / "warm.log"
        command = [sys.executable, "-P", "-m", "tifa.showing.kernels"]
        with self.log.open("wb") as log:
            self.server = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=env, cwd=work, text=True,
                start_new_session=True,
            )  # fmt: skip
        self.turn, self.imported = threading.Lock(), False

    def fork(self, connection: str, folder: str, log: str) -> Process:
        """A new kernel.

        Raises
        ------
        RuntimeError
            If the imports failed, or had something to say.
        """
        request = json.dumps({"connection": connection, "folder": folder, "log": log})
        with self.turn:
            if not self.imported:
                self._await_imports()
            with suppress(BrokenPipeError):
                print(request, file=self.server.stdin, flush=True)
            answer = self.server.stdout.readline()
        if not answer:
            raise RuntimeError("stopped before the kernel started")
        return Process(int(answer))

    def _await_imports(self) -> None:
        done = self.server.stdout.readline()
        said = self.log.read_text(errors="replace").strip()
        if not done or said:
            self.server.kill()
            raise RuntimeError(f"importing tifa {'wrote to stderr' if done else 'failed'}\n{said}")
        self.imported = True

    def close(self) -> None:
        """Leave nothing behind; call when no thread waits for a kernel any more."""
        self.server.kill()
        self.server.communicate()


class _Forked(LocalProvisioner):
    """Starts kernels by forking; all else is as with kernels that are started."""

    warm: Warm

    async def launch_kernel(self, cmd: list[str], **kwargs):
        connection, folder = self.parent.connection_file, str(kwargs["cwd"])
        self.process = await asyncio.to_thread(self.warm.fork, connection, folder, f"{folder}.log")
        self.pid = self.process.pid
        return self.connection_info


class _ThisPython(KernelSpecManager):
    """The running interpreter as the only kernel, whatever is registered on the machine."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", *OPTIONS]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")


def manager(folder: Path, warm: Warm | None) -> AsyncKernelManager:
    """A kernel that is talked to through files, so that no port is taken, or guarded by a firewall."""
    sockets = str(folder.with_suffix(".k"))
    files = (
        {"transport": "ipc", "ip": sockets} if os.name != "nt" and len(os.fsencode(sockets)) < LONGEST_SOCKET else {}
    )
    connection = str(folder.with_suffix(".json"))
    made = AsyncKernelManager(kernel_spec_manager=_ThisPython(), connection_file=connection, **files)
    if warm:
        made.provisioner = _Forked(parent=made, kernel_spec=made.kernel_spec, kernel_id=folder.name)
        made.provisioner.warm = warm
    return made


def kill(made: AsyncKernelManager) -> None:
    """End a kernel at once, where it runs."""
    process = getattr(made.provisioner, "process", None)
    if process is not None and process.poll() is None:
        process.kill()


if __name__ == "__main__":
    serve()
