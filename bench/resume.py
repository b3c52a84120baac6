#!/usr/bin/env python3
"""Uploads one large file, kills the hub while it is taken, and counts what is lost or doubled. Python 3.11, nothing else.

  bench/resume.py [--rows 1000000] [--kills 5] [--seed N] [--data DIR] [--class-path CP] [--jvm -Xmx512m]

The file is sent once, with `Prefer: respond-async`; after each `kill -9` the hub is started again and nobody sends
anything. One row in fifty cannot be read, one in ten is a repeat of an earlier one with another amount. Prints the rate
and the largest memory that was resident, and exits 1 on any difference.
"""
import argparse
import http.client
import json
import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

from hub import PATIENCE, ROOT, Hub, Postgres, command
from kill import API

FILLER = "A note of the length that people write beside a deal, so that a million rows are as large as real exports are. " * 2


def write(path, rows, rnd):
    """Writes the file; gives back how many deals it makes, how often one changes, and how many rows are refused."""
    created = changed = refused = 0
    with open(path, "w", encoding="utf-8") as out:
        out.write("external_id,name,company,value,stage,contact_email,description\n")
        for row in range(1, rows + 1):
            key = row
            value = str(row % 90000 + 1)
            if row % 50 == 0:
                value, refused = "twelve", refused + 1
            elif row % 10 == 3 and row > 1000:
                # Of the rows that end in 1, none is refused and each is repeated once at most.
                key, value, changed = row - 1002 if row % 20 == 3 else row - 2, str(row + 100000), changed + 1
            else:
                created += 1
            out.write(f"R{key},Deal {key},Company {key % 997},{value},proposal,p{key % 5000}@x.example,{FILLER}{row}\n")
    return created, changed, refused


def upload(hub, path):
    boundary = "the-line-between-the-parts"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="large.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    ).encode()
    tail = f"\r\n--{boundary}--\r\n".encode()
    connection = http.client.HTTPConnection("localhost", hub.port, timeout=10 * PATIENCE)
    connection.putrequest("POST", API + "/csv/upload")
    connection.putheader("Authorization", "Bearer " + hub.key())
    connection.putheader("Content-Type", f"multipart/form-data; boundary={boundary}")
    connection.putheader("Content-Length", str(len(head) + path.stat().st_size + len(tail)))
    connection.putheader("Prefer", "respond-async")
    connection.endheaders()
    connection.send(head)
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            connection.send(block)
    connection.send(tail)
    answer = connection.getresponse()
    body = json.loads(answer.read())
    if answer.status != 202:
        sys.exit(f"the upload was answered {answer.status}: {body}")
    return body["import_id"]


def state(hub, import_id):
    try:
        connection = http.client.HTTPConnection("localhost", hub.port, timeout=30)
        connection.request("GET", f"{API}/imports/{import_id}", headers={"Authorization": "Bearer " + hub.key()})
        return json.loads(connection.getresponse().read())
    except (OSError, ValueError, http.client.HTTPException):
        return {}


class Memory(threading.Thread):
    """Looks at how much of the hub is in memory."""

    def __init__(self, hub):
        super().__init__(daemon=True)
        self.hub, self.peak = hub, 0

    def run(self):
        while True:
            try:
                status = Path(f"/proc/{self.hub.process.pid}/status").read_text()
                now = int(status.split("VmHWM:")[1].split()[0]) // 1024
                self.peak = max(self.peak, now)
            except (OSError, IndexError, ValueError, AttributeError):
                pass
            time.sleep(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--data", type=Path)
    parser.add_argument("--class-path")
    parser.add_argument("--jvm", default="-Xmx512m")
    arguments = parser.parse_args()
    rnd = random.Random(arguments.seed)
    data = arguments.data or Path(tempfile.mkdtemp(prefix="tributary-resume-"))
    data.mkdir(parents=True, exist_ok=True)
    path = data / "large.csv"
    created, changed, refused = write(path, arguments.rows, rnd)
    print(f"seed {arguments.seed}, {arguments.rows} rows, {path.stat().st_size >> 20} MB, in {data}", flush=True)

    hub = Hub(data / "hub", command(arguments))
    hub.start()
    memory = Memory(hub)
    memory.start()
    began = time.monotonic()
    import_id = upload(hub, path)
    print(f"accepted after {time.monotonic() - began:.1f} s", flush=True)
    marks = sorted(rnd.uniform(0.05, 0.95) * arguments.rows for _ in range(arguments.kills))
    down = 0.0
    seen = {}
    while seen.get("state") != "done":
        time.sleep(0.5)
        seen = state(hub, import_id) or seen
        if seen.get("state") not in ("running", "done"):
            sys.exit(f"the import is {seen}")
        if marks and seen["received"] >= marks[0]:
            marks.pop(0)
            stopped = time.monotonic()
            hub.kill(len(marks) % 2 == 1)
            hub.start()
            down += time.monotonic() - stopped
            print(f"killed at {seen['received']}, up again after {time.monotonic() - stopped:.1f} s", flush=True)
    seconds = time.monotonic() - began - down
    differences = []

    def expect(what, found, expected):
        if int(found) != expected:
            differences.append(f"{what}: {found} in place of {expected}")

    database = Postgres(hub.data)
    expect("received", seen["received"], arguments.rows)
    expect("created", seen["created"], created)
    expect("updated", seen["updated"], changed)
    expect("rejected", seen["rejected"], refused)
    expect("deals", database.one("select count(*) from deal"), created)
    expect("activities", database.one("select count(*) from activity"), created + changed)
    expect("history rows", database.one("select count(*) from history where entity = 'deal'"), changed)
    expect("quarantine", database.one("select count(*) from rejected"), refused)
    expect("counted deals", database.one("select sum(deals) from stage_counter"), created)
    expect("events", database.one("select count(*) from event"), int(database.one("select event_sequence from workspace")))
    expect("imports", database.one("select count(*) from import"), 1)
    database.close()
    hub.stop()
    print(
        f"{arguments.rows} rows in {seconds:.0f} s ({arguments.rows / seconds:.0f} rows/s without the starts), "
        f"{sum(hub.kills.values())} kills, at most {memory.peak} MB resident"
    )
    print("\n".join(differences) or "nothing lost, nothing doubled")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
