#!/usr/bin/env python3
"""Runs what the documents show of builds, of `sam deploy` and of `aws`, as it is printed there: python3 infra/deployments.py SAM

Against an imitation of CloudFormation and S3 on this machine, so that neither an account nor a network is needed. It tells
what a command asks CloudFormation for: a stack of its defaults at first, later only what the command names, and a rollback
for whatever comes after the first. Nothing can be typed into it: a command that asks fails. `cargo` only notes what is to be
built; `aws` is aws.py, and each block that asks it stands alone, as it may be pasted.
"""
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGES = ["README.md", "infra/README.md"]
MANAGED = "aws-sam-cli-managed-default"
SPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/"


class Cloud:
    """The one stack, what was last asked of it, and how."""

    def __init__(self):
        self.exists = False
        self.known = []
        self.change = None
        self.no_rollback = None
        self.executed = 0

    def answer(self, action, form):
        return getattr(self, action, self.unknown)(form)

    def unknown(self, form):
        raise LookupError(form)

    def stack(self, form):
        return form["StackName"].split("/")[-2] if ":" in form["StackName"] else form["StackName"]

    def DescribeStacks(self, form):
        name = self.stack(form)
        if name == MANAGED:
            outputs = "<member><OutputKey>SourceBucket</OutputKey><OutputValue>artifacts</OutputValue></member>"
            tags = "<member><Key>ManagedStackSource</Key><Value>AwsSamCli</Value></member>"
            return described(name, "CREATE_COMPLETE", outputs, tags)
        if not self.exists:
            return None
        return described(name, f"{self.change['ChangeSetType']}_COMPLETE", "", "")

    def GetTemplateSummary(self, form):
        return "<Parameters>" + "".join(f"<member><ParameterKey>{key}</ParameterKey></member>" for key in self.known) + "</Parameters>"

    def CreateChangeSet(self, form):
        assert self.stack(form) == "sentry", form
        self.change = form
        return f"<Id>{identity('sentry')}/change</Id><StackId>{identity('sentry')}</StackId>"

    def DescribeChangeSet(self, form):
        return "<Status>CREATE_COMPLETE</Status><ExecutionStatus>AVAILABLE</ExecutionStatus><Changes></Changes>"

    def ExecuteChangeSet(self, form):
        self.no_rollback = form.get("DisableRollback") == "true"
        self.exists = True
        self.executed += 1
        return ""

    def DescribeStackEvents(self, form):
        status = f"{self.change['ChangeSetType']}_COMPLETE"
        event = (
            f"<member><EventId>{self.executed}</EventId><StackId>{identity('sentry')}</StackId><StackName>sentry</StackName>"
            f"<LogicalResourceId>sentry</LogicalResourceId><PhysicalResourceId>{identity('sentry')}</PhysicalResourceId>"
            f"<ResourceType>AWS::CloudFormation::Stack</ResourceType><Timestamp>2099-01-01T00:00:{self.executed:02}Z</Timestamp>"
            f"<ResourceStatus>{status}</ResourceStatus></member>"
        )
        return f"<StackEvents>{event}</StackEvents>"


def identity(name):
    return f"arn:aws:cloudformation:eu-central-1:111111111111:stack/{name}/1"


def described(name, status, outputs, tags):
    return (
        f"<Stacks><member><StackName>{name}</StackName><StackId>{identity(name)}</StackId><StackStatus>{status}</StackStatus>"
        f"<CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>{outputs}</Outputs><Tags>{tags}</Tags></member></Stacks>"
    )


def server(cloud):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def reply(self, status, body=""):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body.encode())))
            self.send_header("ETag", '"1"')
            self.end_headers()
            self.wfile.write(body.encode())

        def do_HEAD(self):
            # Nothing was uploaded yet.
            self.reply(404)

        def do_PUT(self):
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            self.reply(200)

        def do_POST(self):
            form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode(), True))
            action = form["Action"]
            body = cloud.answer(action, form)
            if body is None:
                message = f"Stack with id {form['StackName']} does not exist"
                return self.reply(400, f'<ErrorResponse xmlns="{SPACE}"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>{message}</Message></Error></ErrorResponse>')
            return self.reply(200, f'<{action}Response xmlns="{SPACE}"><{action}Result>{body}</{action}Result></{action}Response>')

        def log_message(self, *_):
            pass

    return http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)


# What `cargo lambda build` leaves of the one function that it is asked for; of more at once each would carry the others' parts.
CARGO = """#!/bin/sh
[ $# = 6 ] && [ "$1 $2 $3 $4 $5" = "lambda build --release --arm64 --package" ] || { echo "cargo $*" >&2; exit 2; }
mkdir -p "target/lambda/$6" && echo "#!/bin/true" >"target/lambda/$6/bootstrap"
"""


def blocks(page):
    """What a page shows to be pasted, lines that go on joined."""
    for block in re.findall(r"```sh\n(.*?)```", (ROOT / page).read_text(), re.S):
        yield re.sub(r" *\\\n *", " ", block)


def commands(page):
    """Every build and every `sam deploy` of a page."""
    for block in blocks(page):
        for line in block.splitlines():
            if line.startswith("sam deploy") or "cargo lambda build" in line:
                yield line


def parameters(form):
    """What was asked for: names with values, and the names that keep theirs."""
    given, kept = {}, set()
    for number in range(1, 200):
        name = form.get(f"Parameters.member.{number}.ParameterKey")
        if name is None:
            return given, kept
        if form.get(f"Parameters.member.{number}.UsePreviousValue") == "true":
            kept.add(name)
        else:
            given[name] = form[f"Parameters.member.{number}.ParameterValue"]
    raise AssertionError("too many parameters")


def run(sam, command, place, port):
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "PATH": f"{place / 'bin'}:{pathlib.Path(sam).parent}:{os.environ['PATH']}",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "some",
        "AWS_SECRET_ACCESS_KEY": "some",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_REGION": "eu-central-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
        "SAM_CLI_TELEMETRY": "0",
        "SAM_CLI_POLL_DELAY": "0.2",
        "ASKED": str(place / "asked"),
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command], cwd=place, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
    )
    if done.returncode != 0:
        raise SystemExit(f"{command}\nfails:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def copy(place):
    for path in [*PAGES, "infra/template.yaml", "infra/samconfig.toml"]:
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, place / path)
    for manifest in (ROOT / "functions").glob("*/Cargo.toml"):
        (place / "functions" / manifest.parent.name).mkdir(parents=True)
    program(place, "cargo", CARGO)


def program(place, name, text):
    path = place / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def attempt(sam, page, place):
    """All commands of one page, one after the other, on one stack."""
    cloud = Cloud()
    with server(cloud) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        shown = list(commands(page))
        assert shown, f"{page} shows no deployment"
        for command in shown:
            was_there = cloud.exists
            run(sam, command, place, serving.server_address[1])
            print(f"{page}: {command}")
            if "cargo lambda build" in command:
                continue
            given, kept = parameters(cloud.change)
            named = set(re.findall(r"\b([A-Z]\w+)=", command))
            assert set(given) == named, f"{command}\ngives {sorted(given)}"
            assert cloud.no_rollback == (not was_there), f"{command}\n{'keeps' if cloud.no_rollback else 'undoes'} what fails"
            if was_there:
                assert set(cloud.known) == set(kept) | named, f"{command}\nforgets {set(cloud.known) - kept - named}"
            else:
                assert given["MailFrom"] == "Sentry AI <no-reply@example.org>" and not kept
                # From now on the stack has all of the template's.
                template = (place / "infra/template.yaml").read_text()
                section = re.search(r"\nParameters:\n(.*?)\nMappings:", template, re.S).group(1)
                cloud.known = re.findall(r"^  (\w+):$", section, re.M)
        serving.shutdown()


def ask(sam, page, place):
    """Every block of a page with `aws` in it, in a shell of its own."""
    python = pathlib.Path(sam).parent / "python"
    program(place, "aws", f'#!/bin/sh\nexec {python} {ROOT / "infra/aws.py"} "$@"\n')
    program(place, "sam", "#!/bin/sh\n")
    for block in blocks(page):
        if not re.search(r"\baws [a-z0-9]+ ", block):
            continue
        asked = place / "asked"
        asked.write_text("")
        run(sam, block, place, 0)
        calls = [json.loads(line) for line in asked.read_text().splitlines()]
        assert calls, block
        for operation, given in calls:
            assert operation != "fails", f"{block}\n{given}"
            if operation == "start-message-move-task":
                # The queue that the block names is the one whose dead letters go back.
                queue = re.search(r"^queue=(\S+)$", block, re.M).group(1)
                assert given["SourceArn"].endswith(f":sentry-{queue}-dead"), given
        print(f"{page}: {', '.join(operation for operation, _ in calls)}")


def main(sam):
    for page in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            copy(place)
            attempt(sam, page, place)
            ask(sam, page, place)


if __name__ == "__main__":
    main(sys.argv[1])
