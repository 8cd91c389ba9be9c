//! Queues, and how they are read.

use super::{Function, functions, named, of_type, resource, sizes, text, untagged};
use sentry_local::aws::{MAX_RECEIVE_COUNT, QUEUES};
use sentry_local::functions::Worker;
use sentry_queue::{Queue, RETRY_SECONDS};
use serde_yaml_ng::Value;

/// The queue of the product with this name behind the stack's.
fn queue_of(properties: &Value) -> Option<&'static Queue> {
    let name = text(&properties["QueueName"])
        .strip_prefix("${AWS::StackName}-")
        .unwrap();
    Queue::ALL.iter().find(|queue| queue.name() == name)
}

/// Each mapping of a queue to a function: the function, the mapping, the queue's properties.
fn mappings() -> Vec<(Function, &'static Value, &'static Value)> {
    let of = |function: Function| {
        let mappings = function.events("SQS").into_iter();
        mappings.map(move |mapping| (function, mapping, resource(named(&mapping["Queue"]))))
    };
    functions().into_iter().flat_map(of).collect()
}

#[test]
fn every_queue_has_a_dead_letter_queue_of_its_own() {
    let mut found = 0;
    for (name, queue) in of_type("AWS::SQS::Queue") {
        assert_eq!(
            queue["SqsManagedSseEnabled"].as_bool(),
            Some(true),
            "{name}"
        );
        let own_name = text(&queue["QueueName"]);
        if let Some(source) = own_name.strip_suffix("-dead") {
            assert_eq!(
                queue["MessageRetentionPeriod"].as_u64(),
                Some(14 * 24 * 3600),
                "{name}"
            );
            let allowed = &queue["RedriveAllowPolicy"];
            assert_eq!(allowed["redrivePermission"], "byQueue", "{name}");
            let sources = allowed["sourceQueueArns"].as_sequence().unwrap();
            assert_eq!(sources.len(), 1, "{name}");
            assert!(text(&sources[0]).ends_with(&format!(":{source}")), "{name}");
            continue;
        }
        found += 1;
        assert!(queue_of(queue).is_some(), "{name} is no queue of the code");
        let redrive = &queue["RedrivePolicy"];
        assert_eq!(
            redrive["maxReceiveCount"].as_u64(),
            Some(u64::from(MAX_RECEIVE_COUNT)),
            "{name}"
        );
        let dead = resource(named(&redrive["deadLetterTargetArn"]));
        assert_eq!(text(&dead["QueueName"]), format!("{own_name}-dead"));
    }
    assert_eq!(found, Queue::ALL.len());
}

#[test]
fn every_queue_is_read_by_its_worker_and_partly_failing_batches_come_back_in_part() {
    let mappings = mappings();
    assert_eq!(mappings.len(), Queue::ALL.len());
    for (function, mapping, queue) in mappings {
        let worker = Worker::of_queue(*queue_of(queue).unwrap());
        assert_eq!(worker.name(), function.folder);
        assert_eq!(
            mapping["FunctionResponseTypes"][0], "ReportBatchItemFailures",
            "{}",
            function.folder
        );
        let visibility = queue["VisibilityTimeout"].as_u64().unwrap();
        assert!(
            visibility >= 6 * function.timeout(),
            "{}: seen again too early",
            function.folder
        );
    }
}

/// A message that fails is back before its time-out, and given up before the alarm says that nobody works it off.
#[test]
fn attempts_follow_each_other_within_the_time_outs_and_the_alarm() {
    let longest = RETRY_SECONDS.into_iter().max().unwrap();
    for (function, _, queue) in mappings() {
        let visibility = queue["VisibilityTimeout"].as_i64().unwrap();
        assert!(i64::from(longest) < visibility, "{}", function.folder);
    }
    let waits = usize::try_from(MAX_RECEIVE_COUNT).unwrap() - 1;
    assert_eq!(RETRY_SECONDS.len(), waits);
    let all: i32 = RETRY_SECONDS.into_iter().sum();
    let alarm = resource("QueueAge")["Threshold"].as_i64().unwrap();
    assert!(2 * i64::from(all) < alarm);
}

#[test]
fn the_one_machine_reads_its_queues_alike() {
    for (_, mapping, queue) in mappings() {
        let name = queue_of(queue).unwrap().name();
        let plan = QUEUES.iter().find(|plan| plan.name == name).unwrap();
        assert_eq!(
            mapping["BatchSize"].as_i64(),
            Some(i64::from(plan.batch_size)),
            "{name}"
        );
        let visibility = queue["VisibilityTimeout"].as_u64();
        assert_eq!(
            visibility,
            Some(u64::from(plan.visibility_seconds)),
            "{name}"
        );
    }
}

/// A queue that calls a function more often than it may run loses attempts to throttling.
#[test]
fn no_queue_calls_more_often_than_its_function_may_run() {
    for (function, mapping, _) in mappings() {
        let find = untagged(&mapping["ScalingConfig"]["MaximumConcurrency"]);
        let row = find[2].as_str().unwrap();
        let reserved = function.name.strip_suffix("Function").unwrap();
        for (size, rows) in sizes() {
            let (most, may) = (
                rows[row].as_u64().unwrap(),
                rows[reserved].as_u64().unwrap(),
            );
            assert!(
                (2..=may).contains(&most),
                "{size}: {row} {most}, {reserved} {may}"
            );
        }
    }
}

#[test]
fn unencrypted_connections_are_refused_by_every_queue() {
    let mut refusing = Vec::new();
    for (name, policy) in of_type("AWS::SQS::QueuePolicy") {
        let statements = policy["PolicyDocument"]["Statement"].as_sequence().unwrap();
        let refuses = |it: &Value| {
            it["Effect"] == "Deny" && it["Condition"]["Bool"]["aws:SecureTransport"] == "false"
        };
        assert!(statements.iter().any(refuses), "{name}");
        refusing.extend(policy["Queues"].as_sequence().unwrap().iter().map(named));
    }
    refusing.sort_unstable();
    let mut all: Vec<&str> = of_type("AWS::SQS::Queue")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    all.sort_unstable();
    // Each once: of two policies of one queue the later would stand alone.
    assert_eq!(refusing, all);
}
