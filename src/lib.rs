//! Reads an article beside its quotes, its entities and its timeline, and keeps what is marked.
#![forbid(unsafe_code)]

pub mod annot;
pub mod app;
pub mod article;
pub mod cli;
pub mod config;
pub mod detect;
pub mod error;
pub mod export;
pub mod fetch;
pub mod input;
pub mod library;
pub mod run;
pub mod text;
pub mod ui;
