#!/usr/bin/env python3
"""What a month on AWS costs, from a few inputs: python3 infra/costs.py

--write puts the table into infra/README.md, --check fails when the one there is not this one. Change an input, write again.
Every input has a name and a unit; `scripts/bench functions` and `scripts/bench nightly` measure those marked so.
"""
import pathlib
import sys

# Measured: milliseconds that Lambda bills, warm, with the database's part. To be replaced by what scripts/bench prints and,
# once there is a deployment, by the dashboard's p50.
REQUEST_MS = 12  # a request that reads or writes some rows (256 MB)
SIGN_IN_MS = 150  # Argon2id (512 MB)
EXTRACT_MS = 1500  # a document of ten pages by the built-in engine (1024 MB)
CREATE_TASKS_MS = 60
RESCORE_MS = 30
NIGHT_MS_PER_PERSON = 1.0  # in batches of 500
SWEEP_MS = 250
COLD_START_MS, COLD_SHARE = 150, 0.01
DATABASE_MS_PER_REQUEST = 1.0  # of one core; statements and commit
DATABASE_MS_PER_NIGHT = 1.0  # of one core, per person

# Assumed of people.
ACTIVE_SHARE = 0.4  # on a day
REQUESTS = 40  # per active person and day
SIGN_INS = 0.2
UPLOADS = 0.3
RESCORES = 4
MAILS = 0.1
FILE_MB, FILE_MB_KEPT, ROWS_MB_KEPT = 0.5, 40, 1  # per upload; per person; per person
LOG_KB_PER_CALL = 1.5
OUT_KB_PER_REQUEST = 4
AWAKE_HOURS = 8  # a day on which somebody uses a small system; its hourly ticks wake it for 11 minutes of each other hour
AWAKE_PER_TICK = 11 / 60

# Prices in US dollars, eu-central-1, as the authors knew them in 2025; free tiers are left out. Check them before you rely
# on them: https://calculator.aws
GB_SECOND = 0.0000133334  # Lambda, arm64
CALL = 0.20e-6
API_REQUEST = 1.20e-6
SQS_REQUEST = 0.40e-6
S3_GB, S3_PUT, S3_GET = 0.0245, 5.4e-6, 0.43e-6
ACU_HOUR, DATABASE_GB, DATABASE_IO = 0.14, 0.119, 0.22e-6
NAT_HOUR, ENDPOINT_HOUR, NAT_GB = 0.052, 0.012, 0.052
SECRET, ALARM_METRIC = 0.40, 0.10
LOG_GB = 0.63
TRACE, TRACED_SHARE = 5e-6, 0.05
OUT_GB = 0.09
MAIL = 0.10e-3

# Of the template.
SIZES = {"small": (0, 1), "medium": (1, 1), "large": (8, 2)}  # smallest ACU, instances
ALARM_METRICS = 36
QUEUES, IDLE_POLLS_PER_MINUTE = 5, 15  # Lambda asks each queue, also when it is empty
CORES_PER_ACU, BUSY = 0.25, 0.6
DAYS, HOURS, SECONDS = 30.4, 730, 86400


def capacity(size, active, people):
    """Mean ACU over the month."""
    smallest, instances = SIZES[size]
    busy_ms = active * REQUESTS * DATABASE_MS_PER_REQUEST + people * DATABASE_MS_PER_NIGHT
    wanted = busy_ms / 1000 / SECONDS / CORES_PER_ACU / BUSY
    if size == "small":
        awake = (AWAKE_HOURS + (24 - AWAKE_HOURS) * AWAKE_PER_TICK) / 24
        return max(0.5 * awake, wanted)
    return max(smallest, wanted) * instances


def month(people, size, own_network):
    active = people * ACTIVE_SHARE
    a_day = {  # calls, milliseconds, GB of memory
        "request": (active * REQUESTS, REQUEST_MS, 0.25),
        "sign in": (active * SIGN_INS, SIGN_IN_MS, 0.5),
        "extract": (active * UPLOADS, EXTRACT_MS, 1.0),
        "create tasks": (active * UPLOADS, CREATE_TASKS_MS, 0.25),
        "rescore": (active * RESCORES, RESCORE_MS, 0.25),
        "night": (people / 500 + 96, NIGHT_MS_PER_PERSON * min(people, 500), 0.25),
        "mail": (active * MAILS, 300, 0.25),
        "sweep": (24 if size == "small" else 1440, SWEEP_MS, 0.25),
    }
    calls = sum(count for count, _, _ in a_day.values()) * DAYS
    gb_seconds = DAYS * sum(n * (ms + COLD_START_MS * COLD_SHARE) / 1000 * gb for n, ms, gb in a_day.values())
    requests = active * (REQUESTS + SIGN_INS) * DAYS
    messages = active * (2 * UPLOADS + RESCORES + MAILS) * DAYS + people / 500 * DAYS
    uploads = active * UPLOADS * DAYS
    polls = QUEUES * IDLE_POLLS_PER_MINUTE * 60 * HOURS
    cost = {
        "functions": calls * CALL + gb_seconds * GB_SECOND,
        "API": requests * API_REQUEST + requests * OUT_KB_PER_REQUEST / 1e6 * OUT_GB,
        "queues": (3 * messages + polls) * SQS_REQUEST,
        "files": people * FILE_MB_KEPT / 1000 * S3_GB + uploads * (S3_PUT + 3 * S3_GET),
        "logs, traces, alarms": calls * (LOG_KB_PER_CALL / 1e6 * LOG_GB + TRACED_SHARE * TRACE) + ALARM_METRICS * ALARM_METRIC,
        "mail, secrets": active * MAILS * DAYS * MAIL + (2 if own_network else 1) * SECRET,
    }
    if own_network:
        places = 1 if size == "small" else 2
        cost["database"] = (
            capacity(size, active, people) * HOURS * ACU_HOUR
            + people * ROWS_MB_KEPT / 1000 * DATABASE_GB
            + (requests * 4 + people * DAYS * 3) * DATABASE_IO
        )
        cost["network"] = (NAT_HOUR + 2 * places * ENDPOINT_HOUR) * HOURS + uploads * FILE_MB / 1000 * NAT_GB
    return cost


def table():
    columns = [
        ("100, own `DatabaseUrl`", 100, "small", False),
        ("100, `small`", 100, "small", True),
        ("10,000, `medium`", 10_000, "medium", True),
        ("1,000,000, `large`", 1_000_000, "large", True),
    ]
    months = [month(people, size, own) for _, people, size, own in columns]
    lines = ["| USD a month | " + " | ".join(name for name, *_ in columns) + " |", "| --- |" + " ---: |" * len(columns)]
    for row in months[-1]:
        values = [f"{cost[row]:,.2f}" if row in cost else "yours" if row == "database" else "none" for cost in months]
        lines.append(f"| {row} | " + " | ".join(values) + " |")
    lines.append("| **all** | " + " | ".join(f"**{sum(cost.values()):,.0f}**" for cost in months) + " |")
    people = [f"{sum(cost.values()) / count:,.4f}" for cost, (_, count, *_) in zip(months, columns)]
    lines.append("| per person | " + " | ".join(people) + " |")
    return "\n".join(lines)


def main(arguments):
    if not arguments:
        print(table())
        return 0
    page = pathlib.Path(__file__).with_name("README.md")
    text = page.read_text()
    begin, end = "<!-- costs -->\n", "\n<!-- /costs -->"
    before, rest = text.split(begin)
    after = rest.split(end)[1]
    wanted = before + begin + table() + end + after
    if arguments == ["--write"]:
        page.write_text(wanted)
    elif text != wanted:
        print("infra/README.md has another table; run python3 infra/costs.py --write", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
