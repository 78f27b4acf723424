use webhook_codegen::Config;

fn main() {
    // Out of sight, and compiled from what the events that are asked for reach.
    Config::new("specs").event("order.*").replace("#/components/schemas/Money", "crate::Money").build();
    // In the source tree, so that a new document's changes show in version control.
    Config::new("specs").derive("Eq").build_into("src/checked_in");
}
