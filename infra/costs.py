#!/usr/bin/env python3
"""What bounds the system and what a month on AWS costs: python3 infra/costs.py

--write puts the figures into infra/README.md, --check fails when those there are not these. Change an input in inputs.py,
or measure as it says there, and write again.
"""
import sys
import textwrap

sys.dont_write_bytecode = True

from bounds import bounds, ten_million
from inputs import *


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
        "NIGHT_MS_PER_PERSON": (
            people / PEOPLE_OF_A_CALL + nights,
            takes("NIGHT_MS_PER_PERSON") * min(people, PEOPLE_OF_A_CALL),
        ),
        "MAIL_MS": (active * MAILS, takes("MAIL_MS")),
        "SWEEP_MS": (ticks, takes("SWEEP_MS")),
    }
    cold = takes("COLD_START_MS") * COLD_SHARE
    calls = sum(count for count, _ in a_day.values()) * DAYS
    gb_seconds = DAYS * sum(n * (ms + cold) / 1000 * ESTIMATES[name][1] for name, (n, ms) in a_day.items())
    requests = active * (REQUESTS + SIGN_INS) * DAYS
    messages = active * (2 * UPLOADS + RESCORES + MAILS) * DAYS + people / PEOPLE_OF_A_CALL * DAYS
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
        cost["database"] = (
            capacity(size, active, people) * HOURS * ACU_HOUR
            + people * ROWS_MB_KEPT / 1000 * DATABASE_GB
            + (requests * 4 + people * DAYS * 3) * DATABASE_IO
        )
        cost["network"] = 0 if size == "small" else endpoints(2)
    return cost


def endpoints(places):
    """What private endpoints cost in so many zones."""
    return ENDPOINTS * places * ENDPOINT_HOUR * HOURS


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
    nobody = month(0, "small", True)
    woken = awake_hours(0)
    rows = [
        (f"database, {woken:.1f} hours a day of half an ACU, for one tick an hour", nobody["database"], "`DatabaseUrl`"),
        ("network, whose way to SQS, Secrets Manager and SES is IPv6", nobody["network"], ""),
        ("alarms and dashboard", nobody["alarms, dashboard"], ""),
        ("queues, asked by Lambda whether there is something", nobody["queues"], ""),
        ("secrets, metrics, logs and the ticks themselves", sum(nobody[row] for row in ("mail, secrets", "own metrics", "logs, traces", "functions")), ""),
    ]
    lines = ["| nobody there, `small` | USD a month | saved by |", "| --- | ---: | --- |"]
    lines += [f"| {what} | {cost:.2f} | {saved} |" for what, cost, saved in rows]
    lines.append(f"| **all** | **{sum(cost for _, cost, _ in rows):.0f}** | |")
    assert abs(sum(cost for _, cost, _ in rows) - sum(nobody.values())) < 0.01
    nat = (NAT_HOUR + ADDRESS_HOUR) * HOURS
    lines.append(f"| more: private endpoints in one zone, in place of IPv6 | {endpoints(1):.2f} | `PrivateEndpoints` |")
    lines.append(f"| more: a NAT gateway and its address | {nat:.2f} | no host outside: `InternetAccess` |")
    total, watch = sum(nobody.values()), nobody["alarms, dashboard"]
    rest = total - nobody["database"] - watch
    words = (
        f"Of these {total:.0f} dollars the database itself takes {nobody['database']:.2f}, what watches {watch:.2f}, "
        f"and all that is left {rest:.2f}."
    )
    return "\n".join(lines) + "\n\n" + textwrap.fill(words, 124)


def inputs():
    lines = ["| milliseconds of a function | value | from |", "| --- | ---: | --- |"]
    for name, (value, measured) in TAKES.items():
        lines.append(f"| `{name}` | {value:,.1f} | {'`scripts/bench`' if measured else 'estimate'} |")
    return "\n".join(lines)


PARTS = {"bounds": bounds, "ten million": ten_million, "costs": table, "idle": idle, "inputs": inputs}


def page_with(text):
    for name, part in PARTS.items():
        begin, end = f"<!-- {name} -->\n", f"\n<!-- /{name} -->"
        before, rest = text.split(begin)
        text = before + begin + part() + end + rest.split(end)[1]
    return text


def main(arguments):
    if not arguments:
        print("\n\n".join(part() for part in PARTS.values()))
        return 0
    page = HERE / "README.md"
    text = page.read_text()
    wanted = page_with(text)
    if arguments == ["--write"]:
        page.write_text(wanted)
    elif text != wanted:
        print("infra/README.md has other figures; run python3 infra/costs.py --write", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
