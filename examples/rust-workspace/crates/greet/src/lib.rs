/// A greeting for `name`.
pub fn greeting(name: &str) -> String {
    format!("Hello, {name}!")
}

/// The page with the greeting in its place.
pub fn render(page: &str, name: &str) -> String {
    page.replace("{greeting}", &greeting(name))
}
