//! The whole system with a database, a bucket and queues of its own.

use crate::Person;
use crate::database::TestDatabase;
use crate::letter::Letter;
use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use aws_sdk_sqs::types::MessageSystemAttributeName;
use axum::Router;
use chrono::{DateTime, Utc};
use sentry_db::Db;
use sentry_local::aws::Emulator;
use sentry_local::functions::{Functions, Worker};
use sentry_queue::{Queue, RescoreMessage};
use sentry_runtime::{Clock, Ids};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Row};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// When tests take place: 2026-03-02, a Monday, 09:00 UTC.
pub const MONDAY: &str = "2026-03-02T09:00:00Z";

/// Where links in mails lead.
pub const PUBLIC_URL: &str = "http://localhost:8080";

/// The system under test.
#[derive(Debug)]
pub struct TestApp {
    /// The database, as the functions see it.
    pub db: Db,
    /// Stands still until it is told to move.
    pub clock: Clock,
    /// S3 and SQS.
    pub emulator: Emulator,
    /// Every function.
    pub functions: Functions,
    people: AtomicU32,
    mail: TempDir,
    // Last, so that it goes after everything that is connected to it.
    database: TestDatabase,
}

impl TestApp {
    /// Starts everything on the Monday of the tests.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// Starts everything by another clock.
    pub async fn start_at(clock: Clock) -> Self {
        Self::build(clock, &[]).await
    }

    /// Starts everything on the Monday of the tests, with further settings.
    pub async fn start_with(more: &[(&'static str, String)]) -> Self {
        Self::build(Clock::pinned(MONDAY.parse().expect("a time")), more).await
    }

    async fn build(clock: Clock, more: &[(&'static str, String)]) -> Self {
        let database = TestDatabase::create().await.expect("a database");
        let emulator = Emulator::start(None).await.expect("S3 and SQS");
        let mail = tempfile::tempdir().expect("a folder");
        let given = [more, &surroundings(&emulator, &mail)].concat();
        let settings = sentry_local::functions::settings(&database.url(), &given);
        let db = Db::lazy(&database.url(), database.connections()).expect("a database URL");
        let functions =
            Functions::new(&settings, &db, &clock, &Ids::seeded(1)).expect("complete settings");
        Self {
            db,
            clock,
            emulator,
            functions,
            people: AtomicU32::new(0),
            mail,
            database,
        }
    }

    /// The same system once more, with other settings: as after a new deployment.
    pub fn again_with(&self, more: &[(&'static str, String)]) -> Functions {
        let given = [more, &surroundings(&self.emulator, &self.mail)].concat();
        let settings = sentry_local::functions::settings(&self.database_url(), &given);
        Functions::new(&settings, &self.db, &self.clock, &Ids::seeded(2))
            .expect("complete settings")
    }

    /// The present instant of the test.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The address of the database.
    pub fn database_url(&self) -> String {
        self.database.url()
    }

    /// What a function that runs elsewhere finds in its environment.
    pub fn environment(&self, connections: u32) -> BTreeMap<String, String> {
        // The keys of this system: they come from the same seed.
        let mut environment = sentry_local::keys::generate(&Ids::seeded(0));
        environment.insert("DATABASE_URL".to_owned(), self.database_url());
        environment.insert(
            "DATABASE_MAX_CONNECTIONS".to_owned(),
            connections.to_string(),
        );
        for (name, value) in surroundings(&self.emulator, &self.mail) {
            environment.insert(name.to_owned(), value);
        }
        environment
    }

    /// A client without an account.
    pub fn stranger(&self) -> Person {
        Person {
            id: 0,
            token: String::new(),
            refresh_token: String::new(),
            email: String::new(),
            router: self.router(),
        }
    }

    /// Somebody new, signed up and in through the front door.
    pub async fn user(&self, name: &str) -> Person {
        let email = format!(
            "{name}{}@example.org",
            self.people.fetch_add(1, Ordering::Relaxed)
        );
        let password = "seven quiet lamps burn";
        let stranger = self.stranger();
        stranger
            .post("/api/users", json!({"email": email, "password": password}))
            .await
            .expect(201);
        let tokens = stranger
            .post(
                "/api/auth/login",
                json!({"email": email, "password": password}),
            )
            .await
            .expect(200);
        let text = |field: &str| tokens[field].as_str().unwrap_or_default().to_owned();
        Person {
            id: tokens["user_id"].as_i64().unwrap_or_default(),
            token: text("access_token"),
            refresh_token: text("refresh_token"),
            email,
            router: self.router(),
        }
    }

    /// The front door.
    pub fn router(&self) -> Router {
        self.functions.router()
    }

    /// Lets the workers work, and returns what was mailed to an address so far, the latest last.
    pub async fn letters(&self, address: &str) -> Vec<Letter> {
        self.drain().await;
        self.letters_so_far(address)
    }

    /// What was mailed to an address so far, without any worker of this system.
    pub fn letters_so_far(&self, address: &str) -> Vec<Letter> {
        Letter::read_all(self.mail.path(), address)
    }

    /// The latest mail to an address with these words in its subject.
    pub async fn letter(&self, address: &str, subject: &str) -> Letter {
        let mut letters = self.letters(address).await;
        letters.retain(|letter| letter.subject.contains(subject));
        letters.pop().expect("such a mail")
    }

    /// Rows of a statement run past all row-level security, as JSON objects.
    pub async fn sql(&self, statement: &str) -> Vec<Value> {
        let wrapped =
            format!("select to_jsonb(row_of_statement) from ({statement}) row_of_statement");
        sqlx::query(AssertSqlSafe(wrapped))
            .fetch_all(self.db.raw_pool())
            .await
            .expect("a statement that runs")
            .iter()
            .map(|row| row.get(0))
            .collect()
    }

    /// Every row of every table, as text: what a dump of the database would tell.
    pub async fn dump(&self) -> String {
        let tables = "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'";
        let mut all = String::new();
        for table in self.sql(tables).await {
            let name = table["name"].as_str().unwrap_or_default();
            let rows = self.sql(&format!("select * from {name}")).await;
            all.extend(rows.iter().map(Value::to_string));
        }
        all
    }

    /// Runs statements past all row-level security.
    pub async fn execute(&self, statements: &str) {
        sqlx::raw_sql(AssertSqlSafe(statements.to_owned()))
            .execute(self.db.raw_pool())
            .await
            .expect("statements that run");
    }

    /// Invokes a worker once with one message.
    pub async fn deliver(&self, queue: Queue, body: Value) -> SqsBatchResponse {
        let record =
            json!({ "messageId": "one", "receiptHandle": "one", "body": body.to_string() });
        let event: SqsEvent =
            serde_json::from_value(json!({ "Records": [record] })).expect("an event");
        self.invoke(queue, event).await
    }

    async fn invoke(&self, queue: Queue, event: SqsEvent) -> SqsBatchResponse {
        let event = serde_json::to_value(event).expect("an event");
        let answer = self
            .functions
            .invoke(Worker::of_queue(queue), event)
            .await
            .expect("an answer");
        serde_json::from_value(answer).expect("a batch response")
    }

    /// Sends what waits and lets the workers work until nothing is left. Debounced messages count
    /// as due: nobody waits for them here.
    pub async fn drain(&self) {
        for _ in 0..100 {
            sentry_db::outbox::release(&self.db)
                .await
                .expect("a database");
            self.functions
                .queues()
                .relay(&self.db, 100)
                .await
                .expect("queues");
            let mut moved = 0;
            for queue in Queue::ALL {
                moved += self.work_off(*queue).await;
            }
            moved += self.rescore_now().await;
            if moved == 0 {
                return;
            }
        }
        panic!("the queues never ran empty");
    }

    /// Receives what is visible in a queue and lets its worker have it.
    async fn work_off(&self, queue: Queue) -> usize {
        let (client, url) = (
            self.emulator.sqs_client(),
            self.emulator.queue_url(queue.name()),
        );
        let received = client
            .receive_message()
            .queue_url(&url)
            .max_number_of_messages(10)
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .send()
            .await
            .expect("a queue");
        let messages = received.messages.unwrap_or_default();
        if messages.is_empty() {
            return 0;
        }
        let records: Vec<Value> = messages
            .iter()
            .map(|message| json!({ "messageId": message.message_id, "receiptHandle": message.receipt_handle, "body": message.body }))
            .collect();
        let event: SqsEvent =
            serde_json::from_value(json!({ "Records": records })).expect("an event");
        let response = self.invoke(queue, event).await;
        for message in &messages {
            let id = message.message_id.as_deref().unwrap_or_default();
            assert!(
                !response
                    .batch_item_failures
                    .iter()
                    .any(|failure| failure.item_identifier == id),
                "{} asks for another try: {:?}",
                queue.name(),
                message.body
            );
            let handle = message.receipt_handle.clone().unwrap_or_default();
            client
                .delete_message()
                .queue_url(&url)
                .receipt_handle(handle)
                .send()
                .await
                .expect("a queue");
        }
        messages.len()
    }

    async fn rescore_now(&self) -> usize {
        let waiting = self
            .sql("select user_id from pending_rescores order by user_id")
            .await;
        for row in &waiting {
            let user_id = sentry_domain::UserId(row["user_id"].as_i64().unwrap_or_default());
            let message =
                serde_json::to_value(RescoreMessage::User { user_id }).expect("a message");
            let response = self.deliver(Queue::BurnoutRescore, message).await;
            assert!(
                response.batch_item_failures.is_empty(),
                "rescoring {user_id} failed"
            );
        }
        waiting.len()
    }
}

/// What the settings say of everything around the functions.
fn surroundings(emulator: &Emulator, mail: &TempDir) -> Vec<(&'static str, String)> {
    let mut settings = emulator.environment();
    settings.push(("PUBLIC_URL", PUBLIC_URL.to_owned()));
    settings.push(("MAIL_FOLDER", mail.path().display().to_string()));
    // What is installed on one machine and not on another changes no test that does not ask for it.
    settings.push(("OCR_PROGRAM", "off".to_owned()));
    settings
}
