-- What somebody writes of themselves leaves the system for a language model only if they say so.
alter table user_preferences add column model_reads_texts boolean not null default false;
