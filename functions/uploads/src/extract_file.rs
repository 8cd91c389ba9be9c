//! `POST /api/tasks/extract/document` and its like: a file and its tasks in one request

use crate::Uploads;
use crate::extract::{ExtractionOut, ExtractionQueued, FileForm, single};
use crate::form::Form;
use crate::wait::WaitQuery;
use axum::extract::{Request, State};
use axum::response::Response;
use sentry_domain::UploadType;
use sentry_http::{ApiError, Caller, Params};

/// One route for each way to read a file. They differ in nothing else.
macro_rules! extract_route {
    ($(#[$doc:meta])* $name:ident, $path:literal, $id:literal, $upload_type:expr) => {
        $(#[$doc])*
        #[utoipa::path(post, path = $path, operation_id = $id, tag = "uploads", params(WaitQuery),
            request_body(content = FileForm, content_type = "multipart/form-data"),
            responses(
                (status = 200, description = "Read, or found unreadable", body = ExtractionOut),
                (status = 202, description = "Being read", body = ExtractionQueued)))]
        pub(crate) async fn $name(
            State(state): State<Uploads>,
            caller: Caller,
            Params(wait): Params<WaitQuery>,
            request: Request,
        ) -> Result<Response, ApiError> {
            let bound = wait.bound()?;
            let form = Form::read(request, &caller).await?;
            single(&state, &caller, form, $upload_type, bound).await
        }
    };
}

extract_route!(
    /// Reads a document and saves the tasks in it. With `wait`, the answer holds them if they are
    /// there in time.
    extract_document,
    "/api/tasks/extract/document",
    "extract_document",
    UploadType::Document
);
extract_route!(
    /// Reads a picture and saves the tasks in it.
    extract_image,
    "/api/tasks/extract/image",
    "extract_image",
    UploadType::Image
);
extract_route!(
    /// Reads handwriting, as a picture or a PDF, and saves the tasks in it.
    extract_handwritten,
    "/api/tasks/extract/handwritten",
    "extract_handwritten",
    UploadType::Handwritten
);
extract_route!(
    /// Listens to a recording and saves the tasks in it.
    extract_audio,
    "/api/tasks/extract/audio",
    "extract_audio",
    UploadType::Audio
);
extract_route!(
    /// Listens to a film and saves the tasks in it.
    extract_video,
    "/api/tasks/extract/video",
    "extract_video",
    UploadType::Video
);
