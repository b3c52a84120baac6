#!/usr/bin/env python3
"""Kills the hub at random moments and counts what is lost or doubled. Python 3.11, nothing else.

  bench/kill.py [--kills 50] [--seed N] [--rows 20000] [--data DIR] [--class-path CP] [--jvm OPTIONS]

Half of the kills fall on imports from the drop folder, half on 16 API clients and two bulk clients that send every
unanswered call again with its Idempotency-Key. `kill -9` hits the JVM alone, or its PostgreSQL at the same moment; some
kills wait for a place that random moments rarely meet (the start, a file's report). Exits 1 on any difference.
"""
import argparse
import csv
import http.client
import json
import os
import random
import re
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

from hub import PATIENCE, Hub, Postgres, command

API = "/api/sales/deals"
STAGES = ["discovery", "qualification", "proposal", "negotiation", "closed_won", "closed_lost"]


class Differences(list):
    """What is not as it has to be."""

    def expect(self, what, found, expected):
        if found != expected:
            self.append(f"{what}: {found} in place of {expected}")


# --- The drop folder


class DroppedFile:
    """A file of deals with repeats, changes and rows that cannot be read, and what must come of it."""

    HEADER = ["external_id", "name", "company", "value", "stage", "probability", "expected_close_date", "contact_email"]
    BAD = [(1, ""), (3, "twelve"), (6, "2026-13-45"), (7, "no-at-sign")]

    def __init__(self, number, rows, rnd):
        self.name = f"deals-{number}.csv"
        self.rows, self.good, self.bad = [], {}, {}
        self.changes, self.actions = Counter(), Counter()
        earlier = []
        for row in range(1, rows + 1):
            dice = rnd.random()
            if dice < 0.03:
                cells = self._new(number, row, rnd)
                column, text = self.BAD[row % 4]
                cells[column] = text
                self.bad[row] = cells
                self.actions["rejected"] += 1
            elif dice < 0.13 and earlier:
                cells = list(earlier[rnd.randrange(len(earlier))])
                name = cells[1]
                if rnd.random() < 0.5:
                    cells[3] = self._another(self.good[name], rnd)
                else:
                    cells[3] = self.good[name]
                same = cells[3] == self.good[name]
                self.actions["unchanged" if same else "updated"] += 1
                self.changes[name] += 0 if same else 1
                self.good[name] = cells[3]
            else:
                cells = self._new(number, row, rnd)
                earlier.append(cells)
                self.good[cells[1]] = cells[3]
                self.actions["created"] += 1
            self.rows.append(cells)

    @staticmethod
    def _another(value, rnd):
        while True:
            other = f"{rnd.randrange(1000, 900000)}.{rnd.randrange(100):02d}"
            if other != value:
                return other

    @staticmethod
    def _new(number, row, rnd):
        stage = rnd.choice(STAGES)
        # Half of the deals are known again by their id, the others by name and company.
        return [
            f"F{number}-{row}" if row % 2 else "",
            f"Drop {number} deal {row}",
            f"Company {row % 997} of file {number}",
            f"{rnd.randrange(1000, 900000)}.{rnd.randrange(100):02d}",
            stage,
            str(rnd.randrange(101)),
            f"2027-{rnd.randrange(1, 13):02d}-{rnd.randrange(1, 29):02d}",
            f"person{row % 4999}@file{number}.example",
        ]

    def put(self, inbox):
        draft = inbox / (self.name + ".part")
        with open(draft, "w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(self.HEADER)
            writer.writerows(self.rows)
        draft.rename(inbox / self.name)


class DropTrial:
    def __init__(self, hub, kills, rows, seed, rnd):
        self.hub, self.kills, self.rows, self.seed, self.rnd = hub, kills, rows, seed, rnd
        self.files = []
        self.inbox = hub.data / "inbox/demo"

    def run(self):
        hub = self.hub
        hub.start()
        for number in range(self.kills):
            self.drop_when_idle()
            aim = self.rnd.choice(["any", "any", "any", "start", "report"])
            if aim == "report":
                self.await_report()
            elif aim == "any":
                time.sleep(self.rnd.uniform(0, 4))
            hub.kill(number % 2 == 1)
            hub.start(wait=False)
            if aim == "start":
                time.sleep(self.rnd.uniform(0, 4))
            else:
                hub.await_ready()
            if aim == "start" and not hub.up.is_set():
                # A start that is cut off counts as part of this kill; the next one goes through.
                hub.kill(number % 2 == 0)
                hub.start()
        self.drop_when_idle()
        deadline = time.monotonic() + 2 * PATIENCE
        while self.waiting() and time.monotonic() < deadline:
            time.sleep(0.2)
        time.sleep(1)

    def waiting(self):
        return [file for file in self.files if (self.inbox / file.name).exists()]

    def drop_when_idle(self):
        if not self.waiting():
            number = len(self.files) + 1
            file = DroppedFile(number, self.rows, random.Random(f"{self.seed}/{number}"))
            self.files.append(file)
            file.put(self.inbox)

    def await_report(self):
        """Ends a moment after the first trace of a report, which is written within milliseconds."""
        done = self.inbox / "done"
        before = set(os.listdir(done)) if done.exists() else set()
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if done.exists() and set(os.listdir(done)) - before:
                break
            time.sleep(0.0005)
        time.sleep(self.rnd.choice([0, 0, 0.001, 0.003, 0.01, 0.05]))

    def check(self, database, differences):
        done = self.inbox / "done"
        for file in self.files:
            if not (done / file.name).exists():
                differences.append(f"{file.name} is not in done/")
                continue
            self.check_report(file, done, differences)
            self.check_import(file, database, differences)
        leftovers = [name for name in os.listdir(done) if name.startswith(".") or name.endswith(".new")]
        differences.expect("drafts left in done/", leftovers, [])
        differences.expect("files in done/ twice", len([n for n in os.listdir(done) if re.search(r"-20\d{6}", n)]), 0)
        return self.check_deals(database, differences)

    def check_report(self, file, done, differences):
        try:
            result = json.loads((done / (file.name + ".result.json")).read_text())
        except (OSError, ValueError) as fault:
            differences.append(f"{file.name}: no result: {fault}")
            return
        differences.expect(f"{file.name} received", result["received"], len(file.rows))
        for action in ("created", "updated", "unchanged", "rejected"):
            differences.expect(f"{file.name} {action}", result[action], file.actions[action])
        listed = [error["row"] for error in result["errors"]]
        differences.expect(f"{file.name} errors", listed, sorted(file.bad)[:100])
        try:
            with open(done / (file.name + ".rejected.csv"), newline="", encoding="utf-8") as stream:
                refused = list(csv.reader(stream))
        except OSError as fault:
            differences.append(f"{file.name}: no refused rows: {fault}")
            return
        differences.expect(f"{file.name} header of the refused", refused[0], file.HEADER + ["error"])
        differences.expect(
            f"{file.name} refused", [row[:-1] for row in refused[1:]], [file.bad[row] for row in sorted(file.bad)]
        )
        differences.expect(f"{file.name} refused without reason", sum(not row[-1] for row in refused[1:]), 0)

    @staticmethod
    def check_import(file, database, differences):
        imports = database.rows(
            "select state, received, created, updated, unchanged, rejected, resume_key from import "
            f"where file_name = '{file.name}'"
        )
        counts = [str(file.actions[action]) for action in ("created", "updated", "unchanged", "rejected")]
        differences.expect(
            f"{file.name} in the book of imports", imports, [["done", str(len(file.rows)), *counts, None]]
        )

    def check_deals(self, database, differences):
        expected, changed, bad = {}, Counter(), 0
        for file in self.files:
            expected.update(file.good)
            changed.update(file.changes)
            bad += len(file.bad)
        stored = database.rows("select name, value, deal_id from deal where source = 'csv'")
        names = Counter(row[0] for row in stored)
        lost = len([name for name in expected if name not in names])
        doubled = sum(count - 1 for count in names.values())
        differences.expect("deals lost", lost, 0)
        differences.expect("deals doubled", doubled, 0)
        differences.expect("deals nobody sent", len(set(names) - set(expected)), 0)
        wrong = [row[0] for row in stored if Decimal(row[1]) != Decimal(expected.get(row[0], "-1"))]
        differences.expect("deals with an older value", wrong[:5], [])
        activities = {
            (row[0], row[1]): int(row[2])
            for row in database.rows(
                "select d.name, a.type, count(*) from activity as a join deal as d using (tenant_id, deal_id) "
                "where a.source = 'csv' group by 1, 2"
            )
        }
        should = {(name, "created"): 1 for name in expected}
        should.update({(name, "updated"): count for name, count in changed.items() if count})
        differences.expect("activities that differ", differing(activities, should), [])
        events = {
            (row[0], row[1]): int(row[2])
            for row in database.rows(
                "select d.name, e.type, count(*) from event as e join deal as d "
                "on d.tenant_id = e.tenant_id and d.deal_id = e.subject where d.source = 'csv' "
                "and e.type in ('deal.created', 'deal.updated') group by 1, 2"
            )
        }
        should = {(name, "deal." + kind): count for (name, kind), count in should.items()}
        differences.expect("events that differ", differing(events, should), [])
        history = int(database.one("select count(*) from history where source = 'csv' and entity = 'deal'"))
        differences.expect("history rows", history, sum(changed.values()))
        rejected = int(database.one("select count(*) from rejected where source = 'csv'"))
        differences.expect("quarantine", rejected, bad)
        refusals = int(
            database.one("select count(*) from event where type = 'record.rejected' and data->>'source' = 'csv'")
        )
        differences.expect("events of refusals", refusals, bad)
        return sum(len(file.rows) for file in self.files), lost, doubled


def differing(found, expected):
    keys = [key for key in set(found) | set(expected) if found.get(key) != expected.get(key)]
    return [(key, found.get(key), expected.get(key)) for key in sorted(keys)[:5]]


# --- The API


class Client(threading.Thread):
    """Sends one call after the other and each again, with the same key, until it is answered."""

    PATH = API + "/api"
    TYPE = "application/json"

    def __init__(self, trial, number):
        super().__init__(daemon=True)
        self.trial, self.number = trial, number
        self.random = random.Random(f"{trial.seed}/{type(self).__name__}/{number}")
        self.values, self.changes = {}, Counter()
        self.accepted = self.refused = self.calls = self.retries = 0
        self.faults, self.answered = [], []
        self.connection = None

    def run(self):
        try:
            while not self.trial.ended.is_set():
                self.calls += 1
                self.one()
        except Exception as fault:  # A client that dies must not look like one that had nothing to do.
            self.faults.append(f"{self.number}: {fault!r}")

    def one(self):
        serial = f"{self.number}-{self.calls}"
        dice = self.random.random()
        value = f"{self.random.randrange(1000, 900000)}.{self.random.randrange(100):02d}"
        deal = {"external_id": f"A{serial}", "name": f"Api deal {serial}", "company": f"Client {self.number}"}
        if dice < 0.05:
            status, _ = self.send(serial, json.dumps({"company": f"nameless {serial}", "value": value}))
            self.refused += 1
            self.expect(serial, status, (422,))
            return
        if dice < 0.25 and self.values:
            name, old = self.random.choice(list(self.values.items()))
            known = name.rsplit(" ", 1)[1]
            deal |= {"external_id": f"A{known}", "name": name}
            self.changes[name] += 0 if old == value else 1
            expected = 200
        else:
            expected = 201
        deal |= {"value": value, "stage": self.random.choice(STAGES[:4]) if expected == 201 else None}
        body = json.dumps({field: cell for field, cell in deal.items() if cell is not None})
        status, answer = self.send(serial, body)
        self.accepted += 1
        if self.expect(serial, status, (expected,)):
            self.values[deal["name"]] = value
            self.answered.append((serial, body, status, answer))

    def expect(self, serial, status, allowed):
        if status not in allowed:
            self.faults.append(f"call {serial} was answered {status} in place of {allowed[0]}")
        return status in allowed

    def send(self, key, body):
        """The status and text of the first answer that is one."""
        first = True
        while True:
            if not first:
                self.retries += 1
            first = False
            try:
                status, answer = self.exchange(key, body)
            except (OSError, http.client.HTTPException):
                self.connection = None
                time.sleep(0.05)
                continue
            if status in (409, 429, 503):
                time.sleep(0.05)
                continue
            return status, answer

    def exchange(self, key, body):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("localhost", self.trial.hub.port, timeout=30)
        headers = {
            "Authorization": "Bearer " + self.trial.key,
            "Content-Type": self.TYPE,
            "Idempotency-Key": f"{type(self).__name__}-{key}",
        }
        self.connection.request("POST", self.PATH, body, headers)
        response = self.connection.getresponse()
        return response.status, response.read().decode()

    def check_replays(self, differences):
        """Every answer given is given again, word for word."""
        for serial, body, status, answer in self.answered[:: max(1, len(self.answered) // 20)]:
            again = self.send(serial, body)
            differences.expect(f"call {serial} sent again", again, (status, answer))


class BulkClient(Client):
    PATH = API + "/bulk"
    TYPE = "application/x-ndjson"
    LINES = 3000

    def one(self):
        lines, good, bad = [], {}, 0
        for line in range(1, self.LINES + 1):
            serial = f"{self.number}-{self.calls}-{line}"
            if line % 50 == 0:
                lines.append(json.dumps({"company": f"nameless bulk {serial}"}))
                bad += 1
                continue
            value = f"{self.random.randrange(1000, 900000)}.{self.random.randrange(100):02d}"
            deal = {"external_id": f"B{serial}", "name": f"Bulk deal {serial}", "company": "Bulk", "value": value}
            lines.append(json.dumps(deal))
            good[deal["name"]] = value
        serial = f"{self.number}-{self.calls}"
        status, answer = self.send(serial, ("\n".join(lines) + "\n").encode())
        if not self.expect(serial, status, (200,)):
            return
        told = json.loads(answer)
        if (told["received"], told["created"] + told["unchanged"], told["rejected"]) != (self.LINES, len(good), bad):
            self.faults.append(f"bulk {serial} does not add up: {answer[:200]}")
        self.values.update(good)
        self.refused += bad


class ApiTrial:
    def __init__(self, hub, kills, seed, rnd, clients=16, bulk_clients=2):
        self.hub, self.kills, self.seed, self.rnd = hub, kills, seed, rnd
        self.ended = threading.Event()
        self.clients = [Client(self, number) for number in range(clients)]
        self.bulk = [BulkClient(self, number) for number in range(bulk_clients)]

    def run(self):
        self.hub.start()
        self.key = self.hub.key()
        for client in self.clients + self.bulk:
            client.start()
        for number in range(self.kills):
            time.sleep(self.rnd.uniform(0, 3))
            self.hub.kill(number % 2 == 1)
            self.hub.start()
        time.sleep(1)
        self.ended.set()
        for client in self.clients + self.bulk:
            client.join(PATIENCE)

    def check(self, database, differences):
        for client in self.clients + self.bulk:
            differences.extend(client.faults)
            differences.expect(f"client {client.number} still waits", client.is_alive(), False)
        for client in self.clients:
            client.check_replays(differences)
        singles, changes = {}, Counter()
        for client in self.clients:
            singles.update(client.values)
            changes.update(client.changes)
        bulk = {name: value for client in self.bulk for name, value in client.values.items()}
        expected = singles | bulk
        stored = database.rows("select name, value from deal where source = 'api'")
        names = Counter(row[0] for row in stored)
        lost = len([name for name in expected if name not in names])
        doubled = sum(count - 1 for count in names.values())
        differences.expect("acknowledged calls lost", lost, 0)
        differences.expect("deals doubled", doubled, 0)
        differences.expect("deals nobody was told of", len(set(names) - set(expected)), 0)
        wrong = [row[0] for row in stored if Decimal(row[1]) != Decimal(expected.get(row[0], "-1"))]
        differences.expect("deals with another value than the last acknowledged", wrong[:5], [])
        for table, join, prefix in (("activity", "s.deal_id", ""), ("event", "s.subject", "deal.")):
            found = {
                (row[0], row[1]): int(row[2])
                for row in database.rows(
                    f"select d.name, s.type, count(*) from {table} as s join deal as d "
                    f"on d.tenant_id = s.tenant_id and d.deal_id = {join} where d.source = 'api' "
                    f"and s.type in ('{prefix}created', '{prefix}updated') group by 1, 2"
                )
            }
            should = {(name, prefix + "created"): 1 for name in expected}
            should.update({(name, prefix + "updated"): count for name, count in changes.items() if count})
            differences.expect(f"{table} rows that differ", differing(found, should), [])
        calls = sum(client.accepted for client in self.clients)
        refused = sum(client.refused for client in self.clients)
        audited = dict(database.rows("select action, count(*) from audit where action like 'deal.%' group by 1"))
        differences.expect("calls in the audit", sum(map(int, audited.values())), calls + refused)
        differences.expect("refusals in the audit", int(audited.get("deal.rejected", 0)), refused)
        bad = refused + sum(client.refused for client in self.bulk)
        quarantine = int(database.one("select count(*) from rejected where source = 'api'"))
        differences.expect("quarantine", quarantine, bad)
        bulk_calls = sum(client.calls for client in self.bulk)
        kept = int(database.one("select count(*) from idempotency"))
        differences.expect("answers kept", kept, calls + refused + bulk_calls)
        rows = calls + refused + bulk_calls * BulkClient.LINES
        return rows, lost, doubled


# --- What holds for every trial


def leading(cents, digits):
    width = 1
    while cents // width >= 10**digits:
        width *= 10
    return cents - cents % width


def check_ledger(database, differences):
    """Numbers events without gaps, and every counter is what a recount gives. Returns how many counters differ."""
    count, least, most, stored = database.rows(
        "select count(*), min(sequence), max(sequence), (select event_sequence from workspace) from event"
    )[0]
    differences.expect("first event", least, "1")
    differences.expect("events, their last number and the ledger", (count, stored), (most, most))
    before = len(differences)
    compare(
        differences,
        "stage_counter",
        database.rows("select stage, deals, value, weighted, won_seconds from stage_counter where deals <> 0"),
        database.rows(
            "select stage, count(*), sum(coalesce(base_value, 0)), "
            "sum(coalesce(base_value, 0) * probability / 100), sum(case when stage = 'closed_won' then "
            "floor(extract(epoch from stage_entered_at - created_at)) else 0 end) "
            "from deal where not spam group by stage"
        ),
    )
    compare(
        differences,
        "unconverted_counter",
        database.rows("select currency, deals, value from unconverted_counter where deals <> 0"),
        database.rows(
            "select currency, count(*), sum(value) from deal where not spam and base_value is null "
            "and value is not null and stage not in ('closed_won', 'closed_lost') group by currency"
        ),
    )
    bins = Counter()
    for (value,) in database.rows(
        "select base_value from deal where not spam and base_value is not null "
        "and stage not in ('closed_won', 'closed_lost')"
    ):
        cents = int(Decimal(value) * 100)
        for level, floor in ((0, cents), (1, leading(cents, 3)), (2, leading(cents, 1))):
            bins[f"{level}/{floor}"] += 1
    compare(
        differences,
        "value_histogram",
        database.rows("select level || '/' || floor_cents, deals from value_histogram where deals <> 0"),
        bins.items(),
    )
    compare(
        differences,
        "source_counter",
        database.rows("select source, accepted, rejected from source_counter"),
        database.rows(
            "select source, sum(taken), sum(refused) from ("
            "select source, created + updated + unchanged as taken, rejected as refused from import union all "
            "select source, case when action = 'deal.rejected' then 0 else 1 end, "
            "case when action = 'deal.rejected' then 1 else 0 end from audit where action like 'deal.%') as c "
            "group by source"
        ),
    )
    unbalanced = database.one("select count(*) from import where received <> created + updated + unchanged + rejected")
    differences.expect("imports whose books do not balance", unbalanced, "0")
    running = database.one("select count(*) from import where state = 'running'")
    differences.expect("imports that run for ever", running, "0")
    leads = database.one("select count(*) - count(distinct lower(email)) from lead")
    differences.expect("leads doubled", leads, "0")
    return len(differences) - before


def compare(differences, what, stored, counted):
    found = {row[0]: [Decimal(cell) for cell in row[1:]] for row in stored}
    recount = {row[0]: [Decimal(cell) for cell in row[1:]] for row in counted}
    differences.expect(f"{what} rows that differ", differing(found, recount), [])


def trial_of(kind, arguments, folder, seed):
    folder.mkdir(parents=True)
    data = folder / "data"
    data.mkdir()
    rnd = random.Random(f"{seed}/{kind}")
    hub = Hub(data, command(arguments))
    kills = arguments.kills // 2 if kind == "api" else arguments.kills - arguments.kills // 2
    trial = ApiTrial(hub, kills, seed, rnd) if kind == "api" else DropTrial(hub, kills, arguments.rows, seed, rnd)
    differences = Differences()
    try:
        trial.run()
        database = Postgres(data)
        rows, lost, doubled = trial.check(database, differences)
        counters = check_ledger(database, differences)
        database.close()
        hub.stop()
        uploads = [str(path) for path in (data / "uploads").rglob("*") if path.is_file()]
        differences.expect("uploads left behind", uploads, [])
        drafts = [str(path) for path in data.glob("*.new")]
        differences.expect("drafts left behind", drafts, [])
    finally:
        if hub.process.poll() is None:
            hub.kill(True)
    starts = sorted(hub.starts[1:]) or [0.0]
    print(
        f"| {kind} | {sum(hub.kills.values())} ({hub.kills['hub and database']} with the database) | {len(hub.starts) - 1} "
        f"| {rows} | {lost} | {doubled} | {counters} "
        f"| {starts[len(starts) // 2]:.1f} / {starts[-1]:.1f} | {len(differences)} |",
        flush=True,
    )
    return differences


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", default=str(random.randrange(10**6)))
    parser.add_argument("--rows", type=int, default=20000, help="rows of each dropped file")
    parser.add_argument("--data", type=Path, help="a folder that does not exist yet; kept when anything differs")
    parser.add_argument("--class-path", help="classes to run in place of target/tributary.jar")
    parser.add_argument("--jvm", default="", help="more options for the JVM")
    parser.add_argument("--only", choices=["drop", "api"])
    arguments = parser.parse_args()
    folder = arguments.data or Path(tempfile.mkdtemp(prefix="tributary-kill-"))
    print(f"seed {arguments.seed}, in {folder}\n")
    print("| Trial | Kills | Restarts | Rows | Lost | Doubled | Counters that differ | Restart, median / longest s | Differences |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    differences = []
    for kind in [arguments.only] if arguments.only else ["drop", "api"]:
        differences += [f"{kind}: {text}" for text in trial_of(kind, arguments, folder / kind, arguments.seed)]
    for text in differences:
        print("DIFFERENT " + text)
    if not differences:
        shutil.rmtree(folder)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
