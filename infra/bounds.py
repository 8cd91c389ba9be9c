"""How much of what the system takes, by the inputs and by the sizes of the template; costs.py writes it into README.md."""
import re
import textwrap

from inputs import *

ANSWERING = re.findall(r"^  (\w+)Permission:$", TEMPLATE, re.M)
EVERY = re.findall(r"^  (\w+)Function:$", TEMPLATE, re.M)


def planned():
    """What the mapping `Sizes` of the template says, by size."""
    rows = re.search(r"\n  Sizes:\n(.*?)\n\nConditions:", TEMPLATE, re.S).group(1)
    sizes = re.findall(r"^    (\w+):\n(.*?)(?=^    \w|\Z)", rows, re.M | re.S)
    return {size: {name: int(number) for name, number in re.findall(r"(\w+): (\d+)", row)} for size, row in sizes}


def seconds(milliseconds):
    return f"{milliseconds / 1000:,.2f}".rstrip("0").rstrip(".") + " s"


def many(number):
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}".removesuffix(".0")


def bounds():
    """What each part takes, by size."""
    extract, mail, night = takes("EXTRACT_MS"), takes("MAIL_MS"), takes("NIGHT_MS_PER_PERSON")
    rows = [
        ("requests per second", "API Gateway's throttle", lambda of: of["ApiRate"], "`ApiRate`, and the account's quota (10,000)"),
        (
            "requests at once",
            "sum of the functions behind the API",
            lambda of: sum(of[name] for name in ANSWERING),
            "`Sizes`, and the account's quota (1,000 at first)",
        ),
        (
            "connections",
            "functions at once x 1",
            lambda of: sum(of[name] for name in EVERY),
            "the same; an alarm ten above; the database takes 901, 3,604, 5,000",
        ),
        (
            "cores of the database",
            f"ACU x {CORES_PER_ACU}",
            lambda of: of["MaxAcu"] * CORES_PER_ACU,
            "`MaxAcu` (256 at most), then more than one database",
        ),
        (
            "documents per second",
            f"`Extract` / {seconds(extract)}",
            lambda of: of["Extract"] * 1000 / extract,
            "`Extract`; recordings take minutes each",
        ),
        ("messages", "SQS has no bound; 120,000 in flight per queue", None, ""),
        (
            "scores per second, night",
            f"`RescoreQueue` x {PEOPLE_OF_A_CALL} people / {seconds(night * PEOPLE_OF_A_CALL)}",
            lambda of: of["RescoreQueue"] * 1000 / night,
            "the database is reached first",
        ),
        (
            "mails per second",
            f"`Mail` / {seconds(mail)}",
            lambda of: of["Mail"] * 1000 / mail,
            "the mail server's own bound (SES begins with 14)",
        ),
    ]
    sizes = planned()
    lines = [f"| bound | how it comes about | {' | '.join(sizes)} | the knob |", f"| --- | --- |{' ---: |' * len(sizes)} --- |"]
    for name, why, number, knob in rows:
        values = [many(number(of)) if number else "" for of in sizes.values()]
        lines.append(f"| {name} | {why} | {' | '.join(values)} | {knob} |")
    return "\n".join(lines)


def ten_million():
    """The same for ten million people, beside what `large` has."""
    people, large = 10_000_000, planned()["large"]
    active = people * ACTIVE_SHARE
    mean = active * REQUESTS / SECONDS
    peak = PEAK * mean
    at_once = peak * takes("REQUEST_MS") / 1000
    cores = peak * DATABASE_MS_PER_REQUEST / 1000
    acu = cores / BUSY / CORES_PER_ACU
    documents = PEAK * active * UPLOADS / SECONDS
    readers = documents * takes("EXTRACT_MS") / 1000
    night = people / 4 / (3 * 3600)

    def beside(needed, there):
        return f"{'within' if needed <= there else 'beyond'} the {many(there)} of `large`"

    rates = beside(peak, large["ApiRate"])
    twice = beside(2 * at_once, sum(large[name] for name in ANSWERING))
    lines = [
        f"- Requests: {many(mean)} a second, {many(peak)} at the peak, {rates}. Beyond it `ApiRate` and the account's quota of API "
        "Gateway must be raised.",
        f"- At {takes('REQUEST_MS'):.0f} ms each, {many(at_once)} of them are under way at once; with a database that takes as long "
        f"again, twice as many: {twice}. Connections follow.",
        f"- Database: at {many(DATABASE_MS_PER_REQUEST)} ms of one core each, {many(cores)} cores, at {BUSY * 100:.0f} % use "
        f"{many(acu)} ACU: {beside(acu, large['MaxAcu'])}. All writes go to one writer, which is the last bound; the largest there "
        f"is, of 256 ACU, is {many(256 / acu)} times this.",
        f"- Night: if a quarter of them live in one zone, {many(people / 4)} in the three hours of a night's run are {many(night)} "
        f"people a second; one core does about {many(1000 / DATABASE_MS_PER_NIGHT)}.",
        f"- Documents: {many(documents)} a second at the peak x {seconds(takes('EXTRACT_MS'))} = {many(readers)} at once: "
        f"{beside(readers, large['Extract'])}. With an AI provider a document takes ten times as long, and `Extract` and the "
        "account's quota must match.",
        f"- Rows: {ROWS_MB_KEPT} MB each = {many(people * ROWS_MB_KEPT / 1e6)} TB of the 128 TB that a database may hold. The tables "
        "grow by owner and are indexed by owner first; nothing but the sweep and the night looks across owners.",
    ]
    wrap = textwrap.TextWrapper(124, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    begin = (
        f"Ten million people, {ACTIVE_SHARE * 100:.0f} % of them active on a day with {REQUESTS} requests each, {PEAK} times as much "
        "at the peak as on average:"
    )
    return "\n".join([textwrap.fill(begin, 124), "", *(wrap.fill(line) for line in lines)])
