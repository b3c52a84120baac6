"""A hub as a process of its own, and its embedded database, as the programs in this folder drive them."""

import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120
# What ./run tells the collector.
COLLECTOR = re.search(r"^collector='(.*)'$", (ROOT / "run").read_text(), re.M)[1].split()


class Postgres:
    """Asks the embedded database by PostgreSQL's simple query protocol."""

    def __init__(self, data):
        port = int((data / "postgres/postmaster.pid").read_text().split("\n")[3])
        self.port = port
        self.socket = socket.create_connection(("localhost", port), timeout=PATIENCE)
        startup = struct.pack("!i", 196608) + b"user\0postgres\0database\0postgres\0\0"
        self.socket.sendall(struct.pack("!i", len(startup) + 4) + startup)
        self.stream = self.socket.makefile("rb")
        self._answer()

    def rows(self, sql):
        text = sql.encode() + b"\0"
        self.socket.sendall(b"Q" + struct.pack("!i", len(text) + 4) + text)
        return self._answer()

    def one(self, sql):
        return self.rows(sql)[0][0]

    def copy(self, table, path):
        """Loads the file, in PostgreSQL's own text format, into `table`."""
        statement = f"copy {table} from stdin".encode() + b"\0"
        self.socket.sendall(b"Q" + struct.pack("!i", len(statement) + 4) + statement)
        with open(path, "rb") as text:
            while part := text.read(1 << 20):
                self.socket.sendall(b"d" + struct.pack("!i", len(part) + 4) + part)
        self.socket.sendall(b"c" + struct.pack("!i", 4))
        return self._answer()

    def _answer(self):
        rows, failure = [], None
        while True:
            kind = self.stream.read(1)
            body = self.stream.read(struct.unpack("!i", self.stream.read(4))[0] - 4)
            if kind == b"D":
                rows.append(self._row(body))
            elif kind == b"E":
                failure = body.replace(b"\0", b" ").decode()
            elif kind == b"Z":
                if failure:
                    raise RuntimeError(failure)
                return rows

    @staticmethod
    def _row(body):
        cells, at = [], 2
        for _ in range(struct.unpack("!h", body[:2])[0]):
            size = struct.unpack("!i", body[at : at + 4])[0]
            at += 4
            cells.append(None if size < 0 else body[at : at + size].decode())
            at += max(size, 0)
        return cells

    def close(self):
        self.socket.close()


class Hub:
    """One hub as a process of its own, started again after each kill."""

    def __init__(self, data, command):
        self.data, self.command = data, command
        self.port = free_port()
        self.process = None
        self.up = threading.Event()
        self.kills, self.starts = Counter(), []

    def start(self, wait=True):
        environment = dict(os.environ, TRIBUTARY_DATA=str(self.data), PORT=str(self.port))
        self.log = open(self.data.parent / "hub.log", "ab")
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            self.command, env=environment, cwd=self.data.parent, stdout=subprocess.PIPE, stderr=self.log
        )
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()
        if wait:
            self.await_ready()

    def _listen(self, process):
        for line in process.stdout:
            self.log.write(line)
            if b"Tributary is ready" in line:
                self.starts.append(time.monotonic() - self.began)
                self.up.set()

    def await_ready(self):
        deadline = time.monotonic() + PATIENCE
        while not self.up.wait(0.05):
            if self.process.poll() is not None:
                sys.exit(f"the hub ended with {self.process.returncode}; see {self.data.parent}/hub.log")
            if time.monotonic() > deadline:
                sys.exit("the hub is not ready; see " + str(self.data.parent / "hub.log"))

    def kill(self, database_too):
        pids = [self.process.pid]
        if database_too:
            try:
                pids.append(int((self.data / "postgres/postmaster.pid").read_text().split("\n")[0]))
            except (OSError, ValueError):
                database_too = False
        self.up.clear()
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        self.kills["hub and database" if database_too else "hub"] += 1

    def stop(self):
        self.up.clear()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)

    def database_seconds(self):
        """CPU time that PostgreSQL has used so far, in all of its processes."""
        postmaster = int((self.data / "postgres/postmaster.pid").read_text().split("\n")[0])
        ticks = sum(_ticks(postmaster))
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                cells = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(cells[1]) == postmaster:
                ticks += int(cells[11]) + int(cells[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def own_seconds(self):
        return sum(_ticks(self.process.pid)[:2]) / os.sysconf("SC_CLK_TCK")

    def key(self):
        return (self.data / "api-key").read_text().strip()


def _ticks(pid):
    """A process's own time and that of its children that have ended."""
    return [int(cell) for cell in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:15]]


def free_port():
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


def command(arguments):
    java = os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
    options = ["-Xmx512m", *COLLECTOR, *arguments.jvm.split()]
    if arguments.class_path:
        return [java, *options, "-cp", arguments.class_path, "io.tributary.Tributary"]
    jar = ROOT / "target/tributary.jar"
    if not jar.exists():
        sys.exit("target/tributary.jar is missing; ./run builds it")
    return [java, *options, "-jar", str(jar)]
