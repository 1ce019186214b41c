use axum::{Router, extract::Path, response::Html, routing::get};
use std::{env, fs};
use tokio::{net::TcpListener, signal::unix::{SignalKind, signal}};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let page = fs::read_to_string("templates/hello.html").expect("templates/hello.html");
    let port = env::var("PORT").unwrap_or_else(|_| "3000".into());
    let app = Router::new()
        .route("/health", get(|| async { "ok" }))
        .route("/", get(move || async move { Html(greet::render(&page, "world")) }))
        .route("/hello/{name}", get(|Path(name): Path<String>| async move { greet::greeting(&name) }));
    let listener = TcpListener::bind(format!("0.0.0.0:{port}")).await.expect("a free port");
    axum::serve(listener, app).with_graceful_shutdown(terminated()).await.expect("a server");
}

async fn terminated() {
    signal(SignalKind::terminate()).expect("a signal handler").recv().await;
}
