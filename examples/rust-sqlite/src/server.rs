use rusqlite::Connection;
use std::env;
use tiny_http::{Response, Server};

const DEFAULT_PORT: u16 = 8000;

/// Counts its visitors in a table that outlives the process.
fn main() {
    let host = env::var("HOST").unwrap_or_else(|_| "127.0.0.1".to_string());
    let port = env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(DEFAULT_PORT);
    let file = env::var("DATABASE_FILE").unwrap_or_else(|_| "visits.db".to_string());
    let database = Connection::open(file).expect("SQLite");
    database.execute("CREATE TABLE IF NOT EXISTS visit (path TEXT)", ()).expect("a table");

    let server = Server::http((host.as_str(), port)).expect("a free port");
    for request in server.incoming_requests() {
        database.execute("INSERT INTO visit VALUES (?1)", [request.url()]).expect("a row");
        let count: i64 = database.query_row("SELECT count(*) FROM visit", (), |row| row.get(0)).expect("a number");
        let answer = format!("visit {count}, counted by SQLite {}\n", rusqlite::version());
        if let Err(error) = request.respond(Response::from_string(answer)) {
            eprintln!("{error}");
        }
    }
}
