use std::env;

/// The longest of its arguments.
fn main() {
    println!("{}", env::args().skip(1).max_by_key(String::len).unwrap_or_default());
}
