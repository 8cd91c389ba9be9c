//! Every function of the product in one process: the routers behind one gateway, the workers by name.

use anyhow::{Context, Result, anyhow};
use aws_lambda_events::sqs::SqsEvent;
use axum::Router;
use sentry_db::Db;
use sentry_http::{App, edge, openapi};
use sentry_queue::{Queue, Queues, WorkerContext};
use sentry_runtime::{Clock, Ids, SettingError, Settings};
use sentry_storage::Storage;
use serde_json::Value;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

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
}

impl Worker {
    /// Every worker.
    pub const ALL: [Self; 4] = [Self::Extract, Self::CreateTasks, Self::Rescore, Self::Sweep];

    /// The worker that a queue feeds.
    pub const fn of_queue(queue: Queue) -> Self {
        match queue {
            Queue::Uploads => Self::Extract,
            Queue::TaskCreation => Self::CreateTasks,
            Queue::BurnoutRescore => Self::Rescore,
        }
    }

    /// Its name, which is also its folder's.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Extract => "extract",
            Self::CreateTasks => "create-tasks",
            Self::Rescore => "rescore",
            Self::Sweep => "sweep",
        }
    }
}

/// The names of the functions that answer HTTP requests.
pub const HTTP_FUNCTIONS: [&str; 5] = ["accounts", "tasks", "uploads", "burnout", "advice"];

/// Every function, sharing one pool: the embedded database serves one connection only.
#[derive(Debug, Clone)]
pub struct Functions {
    router: Router,
    queues: Queues,
    extract: extract::Extract,
    create_tasks: create_tasks::CreateTasks,
    rescore: rescore::Rescore,
    sweep: sweep::Sweep,
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
            },
            create_tasks: create_tasks::CreateTasks {
                context: context.clone(),
            },
            rescore: rescore::Rescore {
                context: context.clone(),
            },
            sweep: sweep::Sweep { context, storage },
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

    /// What brings a system back to its feet that was killed.
    pub const fn sweep(&self) -> &sweep::Sweep {
        &self.sweep
    }

    /// Invokes a worker with an event, as Lambda would.
    pub async fn invoke(&self, worker: Worker, event: Value) -> Result<Value> {
        let outcome = match worker {
            Worker::Extract => {
                let batch: SqsEvent = serde_json::from_value(event)?;
                return Ok(serde_json::to_value(self.extract.handle(batch).await)?);
            }
            Worker::CreateTasks => {
                let batch: SqsEvent = serde_json::from_value(event)?;
                return Ok(serde_json::to_value(self.create_tasks.handle(batch).await)?);
            }
            Worker::Rescore => self.rescore.handle(event).await,
            Worker::Sweep => self.sweep.handle(event).await,
        };
        outcome
            .map_err(|error| anyhow!(error))
            .with_context(|| worker.name())
    }
}

fn gateway(app: &App, settings: &Settings) -> Result<Router, SettingError> {
    let routes: OpenApiRouter<App> = OpenApiRouter::new()
        .merge(accounts::router().with_state(accounts::Accounts::new(app.clone(), settings)?))
        .merge(tasks::router().with_state(tasks::Tasks::new(app.clone(), settings)?))
        .merge(uploads::router().with_state(uploads::Uploads::new(app.clone(), settings)?))
        .merge(burnout::router())
        .merge(advice::router());
    Ok(edge(routes, app.clone()))
}

/// The document of the API, merged from the code of all functions.
pub fn document() -> OpenApi {
    openapi::merge([
        accounts::router().into_openapi(),
        tasks::router().into_openapi(),
        uploads::router().into_openapi(),
        burnout::router().into_openapi(),
        advice::router().into_openapi(),
        openapi::health(),
    ])
}

/// The settings of a system of its own, as a test wants it: this database, this S3 and SQS, fresh
/// secrets, and no limits on how many people sign up from one address.
pub fn settings(database_url: &str, aws: &[(&'static str, String)]) -> Settings {
    let keys = crate::keys::generate(&Ids::seeded(0));
    Settings::from_lookup(|name| match name {
        "DATABASE_URL" => Some(database_url.to_owned()),
        limit if limit.starts_with("LIMIT_SIGN") || limit.starts_with("LIMIT_REFRESH") => {
            Some("off".to_owned())
        }
        name => {
            let known = aws.iter().find(|(known, _)| *known == name);
            known
                .map(|(_, value)| value.clone())
                .or_else(|| keys.get(name).cloned())
        }
    })
}
