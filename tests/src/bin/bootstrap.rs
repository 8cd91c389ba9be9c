//! The `main` of every function in one program, named by `BOOTSTRAP`: a test starts it where Lambda starts the
//! function's own, which is built from the same lines.
#![recursion_limit = "256"]

use std::fmt::Debug;
use std::process::ExitCode;

#[path = "../../../functions/accounts/src/main.rs"]
mod accounts_main;
#[path = "../../../functions/advice/src/main.rs"]
mod advice_main;
#[path = "../../../functions/burnout/src/main.rs"]
mod burnout_main;
#[path = "../../../functions/create-tasks/src/main.rs"]
mod create_tasks_main;
#[expect(
    unused_attributes,
    reason = "the limit of recursion is this program's own"
)]
#[path = "../../../functions/export/src/main.rs"]
mod export_main;
#[expect(
    unused_attributes,
    reason = "the limit of recursion is this program's own"
)]
#[path = "../../../functions/extract/src/main.rs"]
mod extract_main;
#[path = "../../../functions/mail/src/main.rs"]
mod mail_main;
#[path = "../../../functions/passwords/src/main.rs"]
mod passwords_main;
#[path = "../../../functions/providers/src/main.rs"]
mod providers_main;
#[path = "../../../functions/rescore/src/main.rs"]
mod rescore_main;
#[expect(
    unused_attributes,
    reason = "the limit of recursion is this program's own"
)]
#[path = "../../../functions/setup/src/main.rs"]
mod setup_main;
#[path = "../../../functions/sweep/src/main.rs"]
mod sweep_main;
#[path = "../../../functions/tasks/src/main.rs"]
mod tasks_main;
#[path = "../../../functions/uploads/src/main.rs"]
mod uploads_main;

fn main() -> ExitCode {
    // The reader of one file is this program again, with an argument and without an environment.
    if std::env::args_os().len() > 1 {
        return extract_main::main().unwrap_or(ExitCode::FAILURE);
    }
    let function = std::env::var("BOOTSTRAP").unwrap_or_default();
    match function.as_str() {
        "accounts" => end(accounts_main::main()),
        "advice" => end(advice_main::main()),
        "burnout" => end(burnout_main::main()),
        "create-tasks" => end(create_tasks_main::main()),
        "export" => end(export_main::main()),
        "extract" => end(extract_main::main().map(drop)),
        "mail" => end(mail_main::main()),
        "passwords" => end(passwords_main::main()),
        "providers" => end(providers_main::main()),
        "rescore" => end(rescore_main::main()),
        "setup" => end(setup_main::main()),
        "sweep" => end(sweep_main::main()),
        "tasks" => end(tasks_main::main()),
        "uploads" => end(uploads_main::main()),
        _ => {
            eprintln!("BOOTSTRAP names no function: {function:?}");
            ExitCode::FAILURE
        }
    }
}

fn end(outcome: Result<(), impl Debug>) -> ExitCode {
    if let Err(error) = outcome {
        eprintln!("{error:?}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
