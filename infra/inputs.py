"""What the sums of bounds.py and costs.py begin with.

How long functions take comes from infra/measured.md, where that file exists and has the row:

    scripts/bench functions accounts chain nightly > infra/measured.md && python3 infra/costs.py --write

What it does not have is the estimate below; infra/README.md lists which is which. The workers create-tasks and mail stay
estimates: the bench sends them messages about nothing, which cost less than those about something.
"""
import pathlib
import re

# Milliseconds that Lambda bills, warm, with the database's part: estimates, to be replaced by what is measured and, once
# there is a deployment, by the dashboard's p50. With the memory of each in GB, as in the template.
ESTIMATES = {
    "REQUEST_MS": (12, 0.25),  # a request that reads or writes some rows
    "SIGN_IN_MS": (150, 0.5),  # Argon2id
    "EXTRACT_MS": (1500, 1.0),  # a document of ten pages by the built-in engine
    "CREATE_TASKS_MS": (60, 0.25),
    "RESCORE_MS": (30, 0.25),
    "NIGHT_MS_PER_PERSON": (1.0, 0.25),  # in batches
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
ROUND_TRIP_MS = 1.0
# Statements one after the other:
ROUND_TRIPS = {"REQUEST_MS": 3, "SIGN_IN_MS": 3, "RESCORE_MS": 4, "SWEEP_MS": 20}

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
PEAK = 5  # times the mean

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
ALARM_METRICS, OWN_ALARM_METRICS = 56, 2  # looked at by alarms: always, and of the own database
DASHBOARDS = 1
ENDPOINTS = 3  # private ones, where there are any and no NAT gateway
QUEUES, HTTP_FUNCTIONS = 5, 7
PEOPLE_OF_A_CALL = 500  # of the night
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
TEMPLATE = (HERE / "template.yaml").read_text()
MEASURED = HERE / "measured.md"

# Rows of the bench, and which number of its column counts.
ROWS = {
    "REQUEST_MS": (r"(?:accounts|tasks|uploads|burnout|advice), first request, and a warm one", 1),
    "SIGN_IN_MS": (r"sign-in, wrong: known and unknown address.*", 0),
    "EXTRACT_MS": (r"ten-page PDF from upload to \d+ saved tasks", 0),
    "RESCORE_MS": (r"rescore, an event", 0),
    "NIGHT_MS_PER_PERSON": (r"nightly rescoring, .*users/s", 0),
    "SWEEP_MS": (r"sweep, an event", 0),
    "COLD_START_MS": (r"(?:accounts|tasks|uploads|burnout|advice), start to first /next", 0),
}


def numbers(text):
    """Those in a column of the bench: `1,250.5 ms, 3.1 ms` has two."""
    return [float(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)]


def durations(text):
    """Each duration in milliseconds, and whether it was measured."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    found = {}
    for name, (estimate, memory) in ESTIMATES.items():
        pattern, place = ROWS.get(name, (None, 0))
        values = [numbers(row[1])[place] for row in rows if pattern and len(row) > 1 and re.fullmatch(pattern, row[0])]
        if not values:
            found[name] = (estimate, False)
            continue
        value = sum(values) / len(values)
        value = {"EXTRACT_MS": value * 1000, "NIGHT_MS_PER_PERSON": 1000 / value}.get(name, value)
        value *= max(1.0, CORE_GB / memory)
        found[name] = (value + ROUND_TRIPS.get(name, 0) * ROUND_TRIP_MS, True)
    return found


TAKES = durations(MEASURED.read_text() if MEASURED.exists() else "")


def takes(name):
    return TAKES[name][0]
