#!/usr/bin/env python3
"""What a month on AWS costs, from a few inputs: python3 infra/costs.py

--write puts the tables into infra/README.md, --check fails when those there are not these. Change an input, write again.

How long functions take comes from infra/measured.md, where that file exists and has the row:

    scripts/bench functions accounts chain nightly > infra/measured.md && python3 infra/costs.py --write

What it does not have is the estimate below; infra/README.md lists which is which.
"""
import pathlib
import re
import sys

# Milliseconds that Lambda bills, warm, with the database's part: estimates, to be replaced by what is measured and, once
# there is a deployment, by the dashboard's p50. With the memory of each in GB, as in the template.
ESTIMATES = {
    "REQUEST_MS": (12, 0.25),  # a request that reads or writes some rows
    "SIGN_IN_MS": (150, 0.5),  # Argon2id
    "EXTRACT_MS": (1500, 1.0),  # a document of ten pages by the built-in engine
    "CREATE_TASKS_MS": (60, 0.25),
    "RESCORE_MS": (30, 0.25),
    "NIGHT_MS_PER_PERSON": (1.0, 0.25),  # in batches of 500
    "MAIL_MS": (300, 0.25),  # SES's answer
    "SWEEP_MS": (250, 0.25),
    "COLD_START_MS": (150, 0.25),
}
COLD_SHARE = 0.01
DATABASE_MS_PER_REQUEST = 1.0  # of one core; statements and commit
DATABASE_MS_PER_NIGHT = 1.0  # of one core, per person

# From a machine's core to Lambda's share of one, which grows with the memory: as if all of a duration were computing,
# which makes it too long rather than too short. And what a database in another house adds, which the bench does not have.
CORE_GB = 1.769
ROUND_TRIPS, ROUND_TRIP_MS = 3, 1.0

# Assumed of people.
ACTIVE_SHARE = 0.4  # on a day
REQUESTS = 40  # per active person and day
SIGN_INS = 0.2
UPLOADS = 0.3
RESCORES = 4
MAILS = 0.1
FILE_MB_KEPT, ROWS_MB_KEPT = 40, 1  # per person
LOG_KB_PER_CALL = 1.5
OUT_KB_PER_REQUEST = 4
AWAKE_HOURS = 8  # a day on which somebody uses a small system

# Prices in US dollars, eu-central-1, as the authors knew them in 2025; free tiers are left out. Check them before you rely
# on them: https://calculator.aws
GB_SECOND = 0.0000133334  # Lambda, arm64
CALL = 0.20e-6
API_REQUEST = 1.20e-6
SQS_REQUEST = 0.40e-6
S3_GB, S3_PUT, S3_GET = 0.0245, 5.4e-6, 0.43e-6
ACU_HOUR, DATABASE_GB, DATABASE_IO = 0.14, 0.119, 0.22e-6
NAT_HOUR, ADDRESS_HOUR, ENDPOINT_HOUR = 0.052, 0.005, 0.012
SECRET, ALARM_METRIC, DASHBOARD, METRIC = 0.40, 0.10, 3.00, 0.30
LOG_GB = 0.63
TRACE, TRACED_SHARE = 5e-6, 0.05
OUT_GB = 0.09
MAIL = 0.10e-3

# Of the template and the code; tests/tests/system/template/costs.rs holds them to both.
SIZES = {"small": (0, 1), "medium": (1, 1), "large": (8, 2)}  # smallest ACU, instances
ALARM_METRICS, OWN_ALARM_METRICS = 45, 2  # looked at by alarms: always, and of the own database
DASHBOARDS = 1
ENDPOINTS = 3  # those to be paid for, without a NAT gateway
QUEUES, HTTP_FUNCTIONS = 5, 7
IDLE_SESSION_SECONDS, AUTO_PAUSE_SECONDS = 360, 300
# Every metric of the code with the number of its series: in each function that answers requests, in each worker of a
# queue, elsewhere.
METRICS = {
    "requests": (1, 0, 0),
    "client_errors": (1, 0, 0),
    "server_errors": (1, 0, 0),
    "request_duration_ms": (1, 0, 0),
    "cold_starts": (1, 1, 1),  # the sweep's
    "jobs": (0, 3, 0),  # outcomes
    "job_duration_ms": (0, 1, 0),
    "queue_age_ms": (0, 1, 0),
    "ticks": (0, 0, 2),  # of the sweep and the night
    "tick_duration_ms": (0, 0, 2),
    "items_extracted": (0, 0, 3),  # engines
    "documents_read": (0, 0, 3),
    "ai_tokens": (0, 0, 0),  # no provider in these sums
    "ai_cost_usd": (0, 0, 0),
    "users_rescored": (0, 0, 1),
}
TICK_METRICS = 6  # series of those that come with each tick though nobody is there: three of the sweep, three of the night

IDLE_POLLS_PER_MINUTE = 15  # Lambda asks each queue, also when it is empty
TICK_SECONDS = 30  # waking, and the work
CORES_PER_ACU, BUSY = 0.25, 0.6
DAYS, HOURS, SECONDS = 30.4, 730, 86400

HERE = pathlib.Path(__file__).parent
MEASURED = HERE / "measured.md"

# Rows of the bench, and which number of its column counts.
ROWS = {
    "REQUEST_MS": (r"(?:accounts|tasks|uploads|burnout|advice), first request, and a warm one", 1),
    "SIGN_IN_MS": (r"sign-in, wrong: known and unknown address.*", 0),
    "EXTRACT_MS": (r"ten-page PDF from upload to \d+ saved tasks", 0),
    "NIGHT_MS_PER_PERSON": (r"nightly rescoring, .*users/s", 0),
    "COLD_START_MS": (r"(?:accounts|tasks|uploads|burnout|advice), start to first /next", 0),
}


def durations(text):
    """Each duration in milliseconds, and whether it was measured."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    found = {}
    for name, (estimate, memory) in ESTIMATES.items():
        pattern, place = ROWS.get(name, (None, 0))
        values = [
            float(re.findall(r"[\d.]+", row[1].replace(",", " ") if name != "NIGHT_MS_PER_PERSON" else row[1])[place])
            for row in rows
            if pattern and len(row) > 1 and re.fullmatch(pattern, row[0])
        ]
        if not values:
            found[name] = (estimate, False)
            continue
        value = sum(values) / len(values)
        value = {"EXTRACT_MS": value * 1000, "NIGHT_MS_PER_PERSON": 1000 / value}.get(name, value)
        value *= max(1.0, CORE_GB / memory)
        if name in ("REQUEST_MS", "SIGN_IN_MS"):
            value += ROUND_TRIPS * ROUND_TRIP_MS
        found[name] = (value, True)
    return found


TAKES = durations(MEASURED.read_text() if MEASURED.exists() else "")


def takes(name):
    return TAKES[name][0]


def awake_hours(people):
    """A day's hours in which a small database runs: people's, and the hourly tick's part of every other."""
    hours = AWAKE_HOURS if people else 0
    return hours + (24 - hours) * (IDLE_SESSION_SECONDS + AUTO_PAUSE_SECONDS + TICK_SECONDS) / 3600


def capacity(size, active, people):
    """Mean ACU over the month."""
    smallest, instances = SIZES[size]
    busy_ms = active * REQUESTS * DATABASE_MS_PER_REQUEST + people * DATABASE_MS_PER_NIGHT
    wanted = busy_ms / 1000 / SECONDS / CORES_PER_ACU / BUSY
    if size == "small":
        return max(0.5 * awake_hours(people) / 24, wanted)
    return max(smallest, wanted) * instances


def series(people, size):
    """Metrics of our own that are sent, by the hour in which they are."""
    http, queue, other = (sum(column) for column in zip(*METRICS.values()))
    every = http * HTTP_FUNCTIONS + queue * QUEUES + other
    if size != "small":
        return every
    share = AWAKE_HOURS / 24 if people else 0
    return TICK_METRICS + (every - TICK_METRICS) * share


def month(people, size, own_network):
    active = people * ACTIVE_SHARE
    ticks = 24 if size == "small" else 1440
    nights = 24 if size == "small" else 96
    a_day = {  # calls, and the milliseconds of each
        "REQUEST_MS": (active * REQUESTS, takes("REQUEST_MS")),
        "SIGN_IN_MS": (active * SIGN_INS, takes("SIGN_IN_MS")),
        "EXTRACT_MS": (active * UPLOADS, takes("EXTRACT_MS")),
        "CREATE_TASKS_MS": (active * UPLOADS, takes("CREATE_TASKS_MS")),
        "RESCORE_MS": (active * RESCORES, takes("RESCORE_MS")),
        "NIGHT_MS_PER_PERSON": (people / 500 + nights, takes("NIGHT_MS_PER_PERSON") * min(people, 500)),
        "MAIL_MS": (active * MAILS, takes("MAIL_MS")),
        "SWEEP_MS": (ticks, takes("SWEEP_MS")),
    }
    cold = takes("COLD_START_MS") * COLD_SHARE
    calls = sum(count for count, _ in a_day.values()) * DAYS
    gb_seconds = DAYS * sum(n * (ms + cold) / 1000 * ESTIMATES[name][1] for name, (n, ms) in a_day.items())
    requests = active * (REQUESTS + SIGN_INS) * DAYS
    messages = active * (2 * UPLOADS + RESCORES + MAILS) * DAYS + people / 500 * DAYS
    uploads = active * UPLOADS * DAYS
    polls = QUEUES * IDLE_POLLS_PER_MINUTE * 60 * HOURS
    alarms = ALARM_METRICS + (OWN_ALARM_METRICS if own_network else 0)
    cost = {
        "functions": calls * CALL + gb_seconds * GB_SECOND,
        "API": requests * API_REQUEST + requests * OUT_KB_PER_REQUEST / 1e6 * OUT_GB,
        "queues": (3 * messages + polls) * SQS_REQUEST,
        "files": people * FILE_MB_KEPT / 1000 * S3_GB + uploads * (S3_PUT + 3 * S3_GET),
        "logs, traces": calls * (LOG_KB_PER_CALL / 1e6 * LOG_GB + TRACED_SHARE * TRACE),
        "alarms, dashboard": alarms * ALARM_METRIC + DASHBOARDS * DASHBOARD,
        "own metrics": series(people, size) * METRIC,
        "mail, secrets": active * MAILS * DAYS * MAIL + (2 if own_network else 1) * SECRET,
    }
    if own_network:
        places = 1 if size == "small" else 2
        cost["database"] = (
            capacity(size, active, people) * HOURS * ACU_HOUR
            + people * ROWS_MB_KEPT / 1000 * DATABASE_GB
            + (requests * 4 + people * DAYS * 3) * DATABASE_IO
        )
        cost["network"] = ENDPOINTS * places * ENDPOINT_HOUR * HOURS
    return cost


def table():
    columns = [
        ("nobody, `small`", 0, "small", True),
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
    people = [f"{sum(cost.values()) / count:,.4f}" if count else "" for cost, (_, count, *_) in zip(months, columns)]
    lines.append("| per person | " + " | ".join(people) + " |")
    return "\n".join(lines)


def idle():
    """What stands in `small` while nobody is there, by part."""
    nobody, endpoint = month(0, "small", True), ENDPOINT_HOUR * HOURS
    woken = awake_hours(0)
    rows = [
        (f"database, {woken:.1f} hours a day of half an ACU, for one tick an hour", nobody["database"], "`DatabaseUrl`"),
        ("endpoint of SQS, through which every message goes", endpoint, "`DatabaseUrl`"),
        ("endpoint of Secrets Manager, which deployments need", endpoint, "`DatabaseUrl`"),
        ("endpoint of SES", endpoint, "`DatabaseUrl`"),
        ("alarms and dashboard", nobody["alarms, dashboard"], ""),
        ("queues, asked by Lambda whether there is something", nobody["queues"], ""),
        ("secrets, metrics, logs and the ticks themselves", sum(nobody[row] for row in ("mail, secrets", "own metrics", "logs, traces", "functions")), ""),
    ]
    lines = ["| nobody there, `small` | USD a month | saved by |", "| --- | ---: | --- |"]
    lines += [f"| {what} | {cost:.2f} | {saved} |" for what, cost, saved in rows]
    lines.append(f"| **all** | **{sum(cost for _, cost, _ in rows):.0f}** | |")
    assert abs(sum(cost for _, cost, _ in rows) - sum(nobody.values())) < 0.01
    nat = (NAT_HOUR + ADDRESS_HOUR) * HOURS
    lines.append(f"| a NAT gateway and its address, in place of the endpoint of SES | {nat:.2f} | no host outside: `InternetAccess` |")
    return "\n".join(lines)


def inputs():
    lines = ["| milliseconds of a function | value | from |", "| --- | ---: | --- |"]
    for name, (value, measured) in TAKES.items():
        lines.append(f"| `{name}` | {value:,.1f} | {'`scripts/bench`' if measured else 'estimate'} |")
    return "\n".join(lines)


def page_with(text):
    for name, content in (("costs", table()), ("idle", idle()), ("inputs", inputs())):
        begin, end = f"<!-- {name} -->\n", f"\n<!-- /{name} -->"
        before, rest = text.split(begin)
        text = before + begin + content + end + rest.split(end)[1]
    return text


def main(arguments):
    if not arguments:
        print("\n\n".join((table(), idle(), inputs())))
        return 0
    page = HERE / "README.md"
    text = page.read_text()
    wanted = page_with(text)
    if arguments == ["--write"]:
        page.write_text(wanted)
    elif text != wanted:
        print("infra/README.md has other tables; run python3 infra/costs.py --write", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
