//! Hands the arguments over and returns the exit code.

fn main() -> std::process::ExitCode {
    pmo::cli::main()
}
