"""Imitates `aws` for deployments.py, by the models that SAM's Python has of AWS's services.

It fails at what the AWS CLI would not understand, answers as if all was there, and appends each call to the file ASKED.
"""
import json
import os
import sys

import botocore.session
import jmespath
from botocore import xform_name

GLOBAL = ("--query", "--output", "--region", "--cli-binary-format")
ARN = "arn:aws:sqs:eu-central-1:111111111111:"
ANSWERS = {
    "get-queue-url": lambda given: {"QueueUrl": f"https://sqs.eu-central-1.amazonaws.com/111111111111/{given['QueueName']}"},
    "get-queue-attributes": lambda given: {
        "Attributes": {"QueueArn": ARN + given["QueueUrl"].split("/")[-1], "ApproximateNumberOfMessages": "1"}
    },
    "receive-message": lambda given: {"Messages": [{"Body": "{}"}]},
    "describe-db-clusters": lambda given: {"DBClusters": [{"DBSubnetGroup": "some"}]},
    "describe-stack-resource": lambda given: {"StackResourceDetail": {"PhysicalResourceId": "some"}},
    "get-caller-identity": lambda given: {"Account": "111111111111"},
}


def options(words, shape):
    """What the words say of the members of a call, what they say to the CLI itself, and what stands without a name."""
    members = {f"--{xform_name(name, '-')}": (name, member.type_name) for name, member in shape.members.items()} if shape else {}
    given, general, plain = {}, {}, []
    while words:
        word = words.pop(0)
        if not word.startswith("--"):
            plain.append(word)
        elif word in GLOBAL:
            general[word] = words.pop(0)
        elif word.replace("--no-", "--") in members and members[word.replace("--no-", "--")][1] == "boolean":
            given[members[word.replace("--no-", "--")][0]] = not word.startswith("--no-")
        else:
            name, kind = members[word]
            given[name] = words.pop(0)
            while kind == "list" and words and not words[0].startswith("--"):
                given[name] += " " + words.pop(0)
    assert all(given.get(name) != "" for name in given), f"nothing given for {given}"
    missing = set(shape.required_members if shape else ()) - set(given)
    assert not missing, f"{missing} must be given"
    return given, general, plain


def note(operation, given):
    with open(os.environ["ASKED"], "a") as file:
        file.write(json.dumps([operation, given]) + "\n")


def main(service, operation, *words):
    session, words = botocore.session.get_session(), list(words)
    if (service, operation) == ("s3", "rb"):
        # One of the CLI's own, for which there is no model.
        given, general, plain = {"Bucket": words[-1]}, {}, []
        assert words[:-1] == ["--force"] and words[-1].startswith("s3://")
    else:
        model = session.get_service_model(service)
        if operation == "wait":
            waiters = session.get_waiter_model(service)
            known = {xform_name(name, "-"): name for name in waiters.waiter_names}
            name = waiters.get_waiter(known[words.pop(0)]).operation
        else:
            name = {xform_name(name, "-"): name for name in model.operation_names}[operation]
        shapes = model.operation_model(name)
        given, general, plain = options(words, shapes.input_shape)
        # Where the answer is bytes, the file for them comes last.
        assert len(plain) == (1 if shapes.has_streaming_output else 0), plain
    note(operation, given)
    answer = ANSWERS.get(operation, lambda given: {})(given)
    if "--query" in general:
        answer = jmespath.search(general["--query"], answer)
        assert answer is not None, general
    print(answer if general.get("--output") == "text" else json.dumps(answer))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception:
        # A shell does not end for what fails within its words.
        note("fails", sys.argv[1:])
        raise
