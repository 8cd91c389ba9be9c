-- The way from a bucket to a queue knows nothing of requests: S3 sends the event. What an upload's
-- work is done for is therefore noted with the upload.
alter table uploads add column request_id text
    constraint uploads_request_id_length check (char_length(request_id) between 1 and 64);
