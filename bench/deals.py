"""Deals that look like a company's own: the same ones for the same seed. 10 % come again, 2 % cannot be taken."""

import csv
import datetime
import hashlib
import json
import random
import time
import unicodedata
import uuid

FIRST = "Amara Bjorn Celine Dmitri Elif Farid Greta Hiro Ines Jonas Keiko Lucia Mateo Noor Olga Pavel Rania Søren Théo Zoë".split()
LAST = "Abebe Bianchi Castillo Dvořák Eriksen Fischer Gupta Hansen Ito Jansen Kowalczyk Lindgren Moreau Nowak Okoye Pérez".split()
PLACES = "Alder Birch Cobalt Delta Ember Fjord Granite Harbour Indigo Juniper Kestrel Lagoon Maple Nordic Onyx Polar".split()
TRADES = "Freight Foods Optics Paper Robotics Textiles Energy Software Dental Marine Timber Media Glass Seeds Tooling".split()
FORMS = ["Ltd", "GmbH", "Inc.", "S.A.", "AG", "LLC", ""]
SUBJECTS = ["annual renewal", "rollout", "support upgrade", "pilot", "licences", "migration", "training", "retrofit"]
STAGES = [("discovery", 10), ("qualification", 25), ("proposal", 50), ("negotiation", 75), ("closed_won", 100), ("closed_lost", 0)]
WEIGHTS = [30, 25, 18, 12, 9, 6]
NOTES = "asked for phased delivery after the security review budget confirmed by finance decision expected next quarter".split()
FAULTS = [("name", "", "is required"), ("value", "twelve", "is not one amount"),
          ("expected_close_date", "2026-02-30", "is a day that does not exist"), ("contact_email", "no-at", "is not an e-mail address")]
COLUMNS = ["external_id", "name", "company", "value", "stage", "probability", "expected_close_date", "contact_email",
           "contact_name", "description"]
DAY = datetime.date(2026, 12, 1).toordinal()


class Deal:
    """One record: what it states, and what is wrong with it where something is."""

    def __init__(self, fields, fault=None):
        self.fields, self.fault = fields, fault

    def json(self):
        return {name: value for name, value in self.fields.items() if value != ""}


def deals(rows, seed, one_value=0.0):
    """Yields `rows` deals; `one_value` of them (0 to 1) are worth the same."""
    rnd = random.Random(f"deals/{seed}")
    earlier = []
    for number in range(1, rows + 1):
        dice = rnd.random()
        if dice < 0.10 and earlier:
            yield Deal(_again(rnd.choice(earlier), rnd))
            continue
        fields = _new(number, seed, rows, rnd, one_value)
        if dice >= 0.98:
            column, text, error = FAULTS[number % 4]
            yield Deal({**fields, column: text}, {"field": column, "value": text or None, "error": error})
        else:
            if len(earlier) < 50_000:
                earlier.append(fields)
            yield Deal(fields)


def _new(number, seed, rows, rnd, one_value):
    company = rnd.randrange(max(20, rows // 4))
    place, trade = PLACES[company % 16], TRADES[company // 16 % 15]
    house = f"{place} {trade} {company // 240 + 1}"
    person = company * 2 + rnd.randrange(2)
    first, last = FIRST[person * 7 % 20], LAST[person * 5 % 16]
    stage, probability = rnd.choices(STAGES, WEIGHTS)[0]
    value = 25000.0 if rnd.random() < one_value else round(10 ** (3 + 3 * rnd.random()), 2)
    return {
        "external_id": f"{seed}-{number:08d}",
        "name": f"{place} – {SUBJECTS[rnd.randrange(8)]} {seed}/{number}",
        "company": f"{house} {FORMS[company % 7]}".strip(),
        "value": f"{value:.2f}",
        "stage": stage,
        "probability": probability,
        "expected_close_date": datetime.date.fromordinal(DAY + rnd.randrange(720)).isoformat(),
        "contact_email": f"{_fold(first)}.{_fold(last)}@{_fold(house)}.example",
        "contact_name": f"{first} {last}",
        "description": " ".join(rnd.choices(NOTES, k=6 + rnd.randrange(10))),
    }


def _again(fields, rnd):
    """Half come with their id and something changed, half under another spelling and without an id."""
    if rnd.random() < 0.5:
        stage, probability = rnd.choices(STAGES, WEIGHTS)[0]
        return {**fields, "stage": stage, "probability": probability}
    return {**fields, "external_id": "", "name": fields["name"].upper(), "company": fields["company"].lower()}


def _fold(text):
    text = text.replace("ø", "o").replace("ł", "l").replace("Ø", "O").replace("Ł", "L")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(c for c in plain if c.isalnum())


def write_csv(path, some):
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([deal.fields[column] for column in COLUMNS] for deal in some)


def write_bodies(path, some):
    """One body of a POST a line."""
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(deal.json(), ensure_ascii=False) + "\n" for deal in some)


STAGING = """create unlogged table staging (
    n integer primary key, new_id uuid, external_id text, name text, company text, match_key uuid, legal_form text,
    value numeric(17, 2), stage text, probability numeric(5, 2), close_date date, email text, contact_name text,
    first_name text, last_name text, lead_id uuid, description text, metadata jsonb, raw json, errors jsonb,
    content_key bytea)"""


def write_copy(path, some, workspace):
    """The same deals normalised, in PostgreSQL's text format for COPY into the table of STAGING."""
    now = int(time.time() * 1000)
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(_copy_line(n, deal, workspace, now) for n, deal in enumerate(some, 1))


def _copy_line(n, deal, workspace, now):
    # Ids that grow, as the hub's do.
    new_id = uuid.UUID(int=(now << 80) + (7 << 76) + (2 << 62) + n)
    f = deal.fields
    if deal.fault:
        raw = json.dumps(list(map(str, f.values())), ensure_ascii=False)
        content = "\\x" + hashlib.sha256(raw.encode()).hexdigest()
        cells = [n, new_id] + [None] * 16 + [raw, json.dumps([deal.fault]), content]
    else:
        first, _, last = f["contact_name"].partition(" ")
        key = hashlib.md5(f"{workspace}/{_fold(f['name'])}/{_fold(f['company'])}".encode()).hexdigest()
        lead = hashlib.md5(f"{workspace}/{f['contact_email']}".encode()).hexdigest()
        cells = [n, new_id, f["external_id"] or None, f["name"], f["company"], key, "ltd", f["value"], f["stage"],
                 f["probability"], f["expected_close_date"], f["contact_email"], f["contact_name"], first, last, lead,
                 f["description"], "{}", None, None, None]
    return "\t".join("\\N" if cell is None else _escaped(str(cell)) for cell in cells) + "\n"


def _escaped(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
