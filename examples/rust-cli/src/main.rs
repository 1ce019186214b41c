use std::{env, io, process::ExitCode};

/// Counts the words of its arguments, or of the standard input.
fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let text = if arguments.is_empty() { io::read_to_string(io::stdin()) } else { Ok(arguments.join(" ")) };
    match text {
        Ok(text) => println!("{} words", text.split_whitespace().count()),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
