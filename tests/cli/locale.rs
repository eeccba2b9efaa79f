//! `[locale]`: dates and money as a country writes them, for people only.

use crate::harness::Sandbox;

/// The sandbox's register with these settings added to `pmo.toml`.
fn with_locale(language: &str) -> Sandbox {
    let sandbox = Sandbox::register();
    let settings = sandbox.read("pmo.toml");
    sandbox.with("pmo.toml", &format!("{settings}\n[locale]\nlanguage = \"{language}\"\n"))
}

#[test]
fn people_read_what_their_country_writes() {
    let german = with_locale("de-DE");
    for format in ["terminal", "markdown", "html"] {
        let page = german.pmo(&format!("report project crm -O {format}")).ok().stdout;
        let page = page.replace('\u{a0}', " ");
        assert!(page.contains("16. Nov. – 22. Nov. 2026"), "{format}: {page}");
        assert!(page.contains("1,20 Mio. EUR") && page.contains("31. März 2027"), "{format}: {page}");
    }
    assert!(german.pmo("report project crm --exact").ok().stdout.contains("1.200.000 EUR"));
    let card = german.pmo("show crm").ok().stdout;
    assert!(card.contains("31. März 2027"), "{card}");
    // The words stay English, and say so to whoever reads them aloud.
    assert!(german.pmo("report project crm -O html").ok().stdout.contains("<html lang=\"en-GB\">"));
    let american = with_locale("en-US").pmo("report project crm -O html").ok().stdout;
    assert!(american.contains("<html lang=\"en-US\">") && american.contains("Mar\u{a0}31,\u{a0}2027"));
}

#[test]
fn programs_read_the_same_in_every_country() {
    let (british, german) = (with_locale("en-GB"), with_locale("de-DE"));
    for format in ["json", "yaml", "csv"] {
        for report in ["portfolio", "project crm"] {
            let line = format!("report {report} -O {format}");
            assert_eq!(british.pmo(&line).ok().stdout, german.pmo(&line).ok().stdout, "{line}");
        }
    }
}

#[test]
fn a_tag_that_is_not_known_is_an_error_with_the_known_ones() {
    let run = with_locale("de-XX").pmo("check").exits(1);
    assert!(
        run.stdout.contains("`locale.language` cannot be \"de-XX\"") && run.stdout.contains("de-DE"),
        "{run}"
    );
}
