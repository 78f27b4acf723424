//! Compiles the snippets of README.md and docs/.

#[cfg(doctest)]
mod snippets {
    #[doc = include_str!("../../../README.md")]
    struct Readme;
    #[doc = include_str!("../../../docs/receive.md")]
    struct Receive;
    #[doc = include_str!("../../../docs/handle.md")]
    struct Handle;
    #[doc = include_str!("../../../docs/build-script.md")]
    struct BuildScript;
}
