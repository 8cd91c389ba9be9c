#!/usr/bin/env python3
"""Runs every `sam deploy` that the documents show, as it is printed there: python3 infra/deployments.py SAM

Against an imitation of CloudFormation and S3 on this machine, so that neither an account nor a network is needed. It tells
what a command asks CloudFormation for: a stack of its defaults at first, later only what the command names, and a rollback
for whatever comes after the first. Nothing can be typed into it: a command that asks fails.
"""
import http.server
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


def commands(page):
    """Every `sam deploy` of a page, lines that go on joined."""
    text = (ROOT / page).read_text()
    for block in re.findall(r"```sh\n(.*?)```", text, re.S):
        for line in re.sub(r" *\\\n *", " ", block).splitlines():
            if line.startswith("sam deploy"):
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
        "PATH": f"{pathlib.Path(sam).parent}:{os.environ['PATH']}",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "some",
        "AWS_SECRET_ACCESS_KEY": "some",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
        "SAM_CLI_TELEMETRY": "0",
        "SAM_CLI_POLL_DELAY": "0.2",
    }
    done = subprocess.run(
        ["bash", "-c", command], cwd=place, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
    )
    if done.returncode != 0:
        raise SystemExit(f"{command}\nfails:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def copy(place):
    for path in [*PAGES, "infra/template.yaml", "infra/samconfig.toml"]:
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, place / path)
    for manifest in (ROOT / "functions").glob("*/Cargo.toml"):
        folder = place / "target/lambda" / manifest.parent.name
        folder.mkdir(parents=True)
        (folder / "bootstrap").write_text("#!/bin/true\n")


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
            print(f"{page}: {command}")
        serving.shutdown()


def main(sam):
    for page in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            copy(place)
            attempt(sam, page, place)


if __name__ == "__main__":
    main(sys.argv[1])
