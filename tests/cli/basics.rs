//! What holds for every command: help, versions, wrong usage.

use crate::harness::Sandbox;

#[test]
fn the_sandbox_shows_nothing_of_the_machine() {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    assert_eq!(sandbox.git(&["config", "user.email"]).trim(), "jana.novak@northwind.example");
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
    assert_eq!(sandbox.files().len(), 4);
}
