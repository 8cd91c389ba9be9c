//! Every function of the product in one process: the routers behind one gateway, the workers by name.

use crate::remote::Remote;
use anyhow::{Context, Result, anyhow};
use axum::Router;
use sentry_db::Db;
use sentry_http::{App, Routes, cors, edge, openapi};
use sentry_identity::Guard;
use sentry_queue::{Queue, Queues, WorkerContext};
use sentry_runtime::{Clock, Ids, SettingError, Settings, keys};
use sentry_storage::Storage;
use serde_json::Value;
use std::sync::Arc;
use utoipa::openapi::OpenApi;

/// A function that a queue or a schedule calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Worker {
    /// Reads uploads.
    Extract,
    /// Saves what was found in them.
    CreateTasks,
    /// Computes scores.
    Rescore,
    /// Cleans up and catches up.
    Sweep,
    /// Writes to people.
    Mail,
    /// Gathers what is held about a person.
    Export,
}

impl Worker {
    /// Every worker.
    pub const ALL: [Self; 6] = [
        Self::Extract,
        Self::CreateTasks,
        Self::Rescore,
        Self::Sweep,
        Self::Mail,
        Self::Export,
    ];

    /// The worker that a queue feeds.
    pub const fn of_queue(queue: Queue) -> Self {
        match queue {
            Queue::Uploads => Self::Extract,
            Queue::TaskCreation => Self::CreateTasks,
            Queue::BurnoutRescore => Self::Rescore,
            Queue::Mail => Self::Mail,
            Queue::Exports => Self::Export,
        }
    }

    /// Its name, which is also its folder's.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Extract => "extract",
            Self::CreateTasks => "create-tasks",
            Self::Rescore => "rescore",
            Self::Sweep => "sweep",
            Self::Mail => "mail",
            Self::Export => "export",
        }
    }
}

/// Every function, sharing one pool: the embedded database serves one connection only.
#[derive(Debug, Clone)]
pub struct Functions {
    router: Router,
    queues: Queues,
    extract: extract::Extract,
    create_tasks: create_tasks::CreateTasks,
    rescore: rescore::Rescore,
    sweep: sweep::Sweep,
    mail: mail::Mail,
    export: export::Export,
}

impl Functions {
    /// Builds every function from the same settings. Does no I/O.
    pub fn new(
        settings: &Settings,
        db: &Db,
        clock: &Clock,
        ids: &Ids,
    ) -> Result<Self, SettingError> {
        let mut app = App::from_settings(settings, Queue::ALL)?;
        app.db = db.clone();
        app.clock = clock.clone();
        app.ids = ids.clone();
        let storage = Storage::from_settings(settings)?;
        let master_keys = Arc::new(keys::master_keys(settings)?);
        let context = WorkerContext {
            db: db.clone(),
            queues: app.queues.clone(),
            clock: clock.clone(),
        };
        Ok(Self {
            router: gateway(&app, settings)?,
            queues: app.queues.clone(),
            extract: extract::Extract {
                context: context.clone(),
                storage: storage.clone(),
                ai: sentry_ai::Ai::from_settings(settings, ids)?,
                ocr: extract::Tesseract::from_settings(settings),
                master_keys: Arc::clone(&master_keys),
            },
            create_tasks: create_tasks::CreateTasks {
                context: context.clone(),
            },
            rescore: rescore::Rescore {
                context: context.clone(),
            },
            mail: mail::Mail::new(context.clone(), ids.clone(), settings)?,
            export: export::Export {
                context: context.clone(),
                storage: storage.clone(),
                ids: ids.clone(),
                master_keys: Arc::clone(&master_keys),
            },
            sweep: sweep::Sweep {
                context,
                storage,
                ids: ids.clone(),
                master_keys,
            },
        })
    }

    /// The routes of all functions behind one door.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Where messages leave.
    pub const fn queues(&self) -> &Queues {
        &self.queues
    }

    /// Where files lie.
    pub const fn storage(&self) -> &Storage {
        &self.sweep.storage
    }

    /// What brings a system back to its feet that was killed.
    pub const fn sweep(&self) -> &sweep::Sweep {
        &self.sweep
    }

    /// Invokes a worker with an event, as Lambda would.
    pub async fn invoke(&self, worker: Worker, event: Value) -> Result<Value> {
        let outcome = match worker {
            Worker::Extract => {
                let response = self.extract.handle(serde_json::from_value(event)?).await;
                Ok(serde_json::to_value(response)?)
            }
            Worker::CreateTasks => {
                let response = self
                    .create_tasks
                    .handle(serde_json::from_value(event)?)
                    .await;
                Ok(serde_json::to_value(response)?)
            }
            Worker::Mail => {
                let response = self.mail.handle(serde_json::from_value(event)?).await;
                Ok(serde_json::to_value(response)?)
            }
            Worker::Export => {
                let response = self.export.handle(serde_json::from_value(event)?).await;
                Ok(serde_json::to_value(response)?)
            }
            Worker::Rescore => self.rescore.handle(event).await,
            Worker::Sweep => self.sweep.handle(event).await,
        };
        outcome
            .map_err(|error| anyhow!(error))
            .with_context(|| worker.name())
    }
}

/// Where the functions run.
#[derive(Debug, Clone)]
pub enum Runner {
    /// In this process.
    Here(Box<Functions>),
    /// As bootstraps of their own.
    Elsewhere(Remote),
}

impl Runner {
    /// The routes of all functions behind one door.
    pub fn router(&self) -> Router {
        match self {
            Self::Here(functions) => functions.router(),
            Self::Elsewhere(remote) => remote.router(),
        }
    }

    /// Invokes a worker with an event, as Lambda would.
    pub async fn invoke(&self, worker: Worker, event: Value) -> Result<Value> {
        match self {
            Self::Here(functions) => functions.invoke(worker, event).await,
            Self::Elsewhere(remote) => remote.invoke(worker, event).await,
        }
    }
}

fn gateway(app: &App, settings: &Settings) -> Result<Router, SettingError> {
    let uploads = uploads::Uploads::new(app.clone(), settings)?;
    let routes: Routes<uploads::Uploads> = Routes::new()
        .merge(accounts::router().with_state(accounts::Accounts::new(app.clone(), settings)?))
        .merge(passwords::router().with_state(Guard::new(app.clone(), settings)?))
        .merge(providers::router().with_state(providers::Providers::new(app.clone(), settings)?))
        .merge(tasks::router().with_state(tasks::Tasks::new(app.clone(), settings)?))
        .merge(uploads::router())
        .merge(burnout::router().with_state(burnout::Burnout::new(app.clone(), settings)?))
        .merge(advice::router().with_state(app.clone()));
    // Asked whether it is ready, this one asks the database, the queues it was given, which here are all, and the bucket.
    Ok(edge(routes, uploads).layer(cors(settings)?))
}

/// The functions that answer HTTP requests, each with the document of its routes.
pub fn documents() -> [(&'static str, OpenApi); 7] {
    [
        ("accounts", accounts::router().into_document()),
        ("passwords", passwords::router().into_document()),
        ("providers", providers::router().into_document()),
        ("tasks", tasks::router().into_document()),
        ("uploads", uploads::router().into_document()),
        ("burnout", burnout::router().into_document()),
        ("advice", advice::router().into_document()),
    ]
}

/// The document of the API, merged from the code of all functions.
pub fn document() -> OpenApi {
    let documents = documents().into_iter().map(|(_, document)| document);
    openapi::merge(documents.chain([openapi::health()]))
}

/// The settings of a system of its own, as a test wants it: this database, what else is given (S3
/// and SQS at least), fresh secrets, and no limits on how many people sign up from one address.
pub fn settings(database_url: &str, more: &[(&'static str, String)]) -> Settings {
    let secrets = crate::keys::generate(&Ids::seeded(0));
    Settings::from_lookup(|name| match name {
        "DATABASE_URL" => Some(database_url.to_owned()),
        limit
            if ["LIMIT_SIGN", "LIMIT_REFRESH", "LIMIT_MAIL", "LIMIT_CODE"]
                .iter()
                .any(|kind| limit.starts_with(kind)) =>
        {
            Some("off".to_owned())
        }
        name => {
            let known = more.iter().find(|(known, _)| *known == name);
            known
                .map(|(_, value)| value.clone())
                .or_else(|| secrets.get(name).cloned())
        }
    })
}
