//! Files in the body of a request: multipart, or as they are.

use crate::options::Options;
use axum::body::{Body, to_bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use bytes::Bytes;
use sentry_domain::Moment;
use sentry_http::{ApiError, Caller, IdempotencyKey, readable};
use sha2::{Digest, Sha256};

/// What may be posted at once. A Lambda payload holds 6 MB, and base64 takes a third of it.
pub(crate) const MAX_POST_BYTES: usize = 4 * 1024 * 1024;
/// Room for the names and boundaries around the files.
const AROUND_BYTES: usize = 64 * 1024;
/// More text than this no field but a file needs.
const MAX_FIELD_BYTES: usize = 1024;
/// Fields of earlier systems that mean nothing any more.
const IGNORED: &[&str] = &["translate", "preprocess"];

/// A file of a form.
#[derive(Debug)]
pub(crate) struct FilePart {
    /// As the client calls it.
    pub(crate) name: String,
    /// As the client declares it.
    pub(crate) mime: Option<String>,
    /// Its content.
    pub(crate) bytes: Bytes,
}

/// What a form holds.
#[derive(Debug)]
pub(crate) struct Form {
    /// In the order of the form.
    pub(crate) files: Vec<FilePart>,
    /// How they are to be read.
    pub(crate) options: Options,
    /// Present when the client wants the files to be read once.
    pub(crate) idempotency: Option<IdempotencyKey>,
}

/// The whole body, when it is small enough to be posted.
pub(crate) async fn small_body(body: Body) -> Result<Bytes, ApiError> {
    to_bytes(body, MAX_POST_BYTES + AROUND_BYTES)
        .await
        .map_err(|_| too_large())
}

/// True for a form with files.
pub(crate) fn is_multipart(parts: &Parts) -> bool {
    content_type(parts).starts_with("multipart/form-data")
}

/// The declared media type, in small letters; empty when there is none.
pub(crate) fn content_type(parts: &Parts) -> String {
    let value = parts
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    value.unwrap_or_default().trim().to_ascii_lowercase()
}

impl Form {
    /// Reads a request whose body must be a form with at least one file.
    pub(crate) async fn read(request: Request, caller: &Caller) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        if !is_multipart(&parts) {
            return Err(ApiError::UnsupportedMediaType(
                "send the file as multipart/form-data in a field named file".to_owned(),
            ));
        }
        let body = small_body(body).await?;
        Self::parse(parts, body, caller).await
    }

    /// Reads a form that has been received.
    pub(crate) async fn parse(
        parts: Parts,
        body: Bytes,
        caller: &Caller,
    ) -> Result<Self, ApiError> {
        let request = Request::from_parts(parts.clone(), Body::from(body));
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|_| ApiError::Malformed("the Content-Type names no boundary".to_owned()))?;
        let mut fields = Fields::default();
        while let Some(field) = form.next_field().await.map_err(unreadable)? {
            fields.add(field, caller).await?;
        }
        if fields.files.is_empty() {
            return Err(ApiError::field("file", "is missing"));
        }
        if fields
            .files
            .iter()
            .map(|file| file.bytes.len())
            .sum::<usize>()
            > MAX_POST_BYTES
        {
            return Err(too_large());
        }
        let options = Options::new(fields.save_to_db, fields.reference_date, fields.locale)?;
        // Boundaries are drawn anew for every request; what counts is what lies between them.
        let digest = digest(&fields.files, &options);
        let idempotency = IdempotencyKey::read(&parts.headers, &parts.method, &parts.uri, &digest)?;
        Ok(Self {
            files: fields.files,
            options,
            idempotency,
        })
    }

    /// The one file that the form must hold.
    pub(crate) fn single(
        mut self,
    ) -> Result<(FilePart, Options, Option<IdempotencyKey>), ApiError> {
        match self.files.pop() {
            Some(file) if self.files.is_empty() => Ok((file, self.options, self.idempotency)),
            _ => Err(ApiError::field(
                "file",
                "send one file, or several to /api/tasks/extract/batch",
            )),
        }
    }
}

#[derive(Debug, Default)]
struct Fields {
    files: Vec<FilePart>,
    save_to_db: Option<bool>,
    reference_date: Option<Moment>,
    locale: Option<String>,
}

impl Fields {
    async fn add(&mut self, field: Field<'_>, caller: &Caller) -> Result<(), ApiError> {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "file" | "files" | "files[]" => self.files.push(file(field).await?),
            "text" => {
                let bytes = field.bytes().await.map_err(unreadable)?;
                self.files.push(FilePart {
                    name: "text.txt".to_owned(),
                    mime: Some("text/plain".to_owned()),
                    bytes,
                });
            }
            "save_to_db" => self.save_to_db = Some(boolean(&text(field, "save_to_db").await?)?),
            "reference_date" => {
                let moment = text(field, "reference_date").await?.parse();
                let wrong = |error: sentry_domain::UnknownMoment| {
                    ApiError::field("reference_date", readable(&error.to_string()))
                };
                self.reference_date = Some(moment.map_err(wrong)?);
            }
            "locale" => self.locale = Some(text(field, "locale").await?),
            "user_id" => {
                caller.must_be(&text(field, "user_id").await?)?;
            }
            other if IGNORED.contains(&other) => {}
            other => {
                let known =
                    "is not known; the fields are file, save_to_db, reference_date and locale";
                return Err(ApiError::field(
                    other.chars().take(100).collect::<String>(),
                    known,
                ));
            }
        }
        Ok(())
    }
}

async fn file(field: Field<'_>) -> Result<FilePart, ApiError> {
    let name = field.file_name().unwrap_or("file").to_owned();
    let mime = field.content_type().map(str::to_owned);
    let bytes = field.bytes().await.map_err(unreadable)?;
    Ok(FilePart { name, mime, bytes })
}

async fn text(field: Field<'_>, name: &str) -> Result<String, ApiError> {
    let bytes = field.bytes().await.map_err(unreadable)?;
    let text = std::str::from_utf8(&bytes)
        .ok()
        .filter(|text| text.len() <= MAX_FIELD_BYTES && !text.contains('\0'));
    text.map(|text| text.trim().to_owned())
        .ok_or_else(|| ApiError::field(name, "must be a short text in UTF-8"))
}

fn boolean(text: &str) -> Result<bool, ApiError> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err(ApiError::field("save_to_db", "must be true or false")),
    }
}

fn digest(files: &[FilePart], options: &Options) -> [u8; 32] {
    let mut hash = Sha256::new();
    for file in files {
        for part in [
            file.name.as_bytes(),
            file.mime.as_deref().unwrap_or_default().as_bytes(),
            &file.bytes[..],
        ] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    hash.update(format!("{options:?}"));
    hash.finalize().into()
}

pub(crate) fn too_large() -> ApiError {
    ApiError::FileTooLarge {
        limit_bytes: MAX_POST_BYTES as u64,
        hint: "announce a larger one with POST /api/uploads and send it to the URL in the answer",
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err wants"
)]
fn unreadable(error: MultipartError) -> ApiError {
    ApiError::Malformed(format!("the form cannot be read: {error}"))
}
