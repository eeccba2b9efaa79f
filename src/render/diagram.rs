//! A diagram as Mermaid and as Graphviz DOT.
//!
//! Points are numbered and never named by what a register says, and every label goes through the escape of its
//! destination, so that no name can end a label, add an edge, a directive or a link.

use crate::document::{Diagram, Stroke};
use crate::text::escape;

/// Writes a Mermaid flowchart, from left to right.
pub fn mermaid(diagram: &Diagram) -> String {
    let label = |text: &str| escape::mermaid(text).into_owned();
    let mut out = String::from("flowchart LR\n");
    let mut point = 0;
    for (at, group) in diagram.groups.iter().enumerate() {
        out.push_str(&format!("  subgraph g{at}[\"{}\"]\n", label(&group.label)));
        for text in &group.points {
            out.push_str(&format!("    n{point}[\"{}\"]\n", label(text)));
            point += 1;
        }
        out.push_str("  end\n");
    }
    for edge in &diagram.edges {
        let arrow = match edge.stroke {
            Stroke::Plain => "-->",
            Stroke::Thick => "==>",
            Stroke::Dashed => "-.->",
        };
        let text = label(&edge.label);
        let text = if text.is_empty() { String::new() } else { format!("|\"{text}\"|") };
        out.push_str(&format!("  n{} {arrow}{text} n{}\n", edge.from, edge.to));
    }
    out
}

/// Writes a digraph in Graphviz' language, from left to right.
pub fn dot(diagram: &Diagram) -> String {
    let label = |text: &str| escape::dot(text).into_owned();
    let mut out = String::from("digraph dependencies {\n  rankdir=LR;\n");
    out.push_str(
        "  node [shape=box, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=10];\n",
    );
    out.push_str(&format!("  label=\"{}\";\n  labelloc=t;\n", label(&diagram.title)));
    let mut point = 0;
    for (at, group) in diagram.groups.iter().enumerate() {
        out.push_str(&format!("  subgraph cluster_{at} {{\n    label=\"{}\";\n", label(&group.label)));
        for text in &group.points {
            out.push_str(&format!("    n{point} [label=\"{}\"];\n", label(text)));
            point += 1;
        }
        out.push_str("  }\n");
    }
    for edge in &diagram.edges {
        let style = match edge.stroke {
            Stroke::Plain => "",
            Stroke::Thick => ", style=bold, color=red",
            Stroke::Dashed => ", style=dashed",
        };
        out.push_str(&format!(
            "  n{} -> n{} [label=\"{}\"{style}];\n",
            edge.from,
            edge.to,
            label(&edge.label)
        ));
    }
    out.push_str("}\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DiagramEdge, DiagramGroup};

    fn hostile() -> Diagram {
        Diagram {
            title: "x\"; evil [URL=\"javascript:1\"]; \\".into(),
            groups: vec![DiagramGroup {
                label: "a\"]\n  click n0 \"javascript:alert(1)\"".into(),
                points: vec!["%%{init: {}}%%<b>`#quot;\\".into(), "end".into()],
            }],
            edges: vec![DiagramEdge {
                from: 0,
                to: 1,
                label: "5 days | \"late\"".into(),
                stroke: Stroke::Thick,
            }],
        }
    }

    #[test]
    fn no_name_leaves_its_label_in_mermaid() {
        let text = mermaid(&hostile());
        assert_eq!(text.lines().count(), 6, "{text}");
        for line in text.lines() {
            assert!(matches!(line.matches('"').count(), 0 | 2), "{line}");
            let label = line.split('"').nth(1).unwrap_or_default();
            let is_safe = |c: char| c.is_alphanumeric() || " #;".contains(c);
            assert!(label.chars().all(is_safe), "{label}");
        }
        assert!(text.contains("n0 ==>|\"5 days #124; #34;late#34;\"| n1"), "{text}");
    }

    #[test]
    fn no_name_leaves_its_label_in_dot() {
        let text = dot(&hostile());
        for line in text.lines() {
            // As Graphviz reads a quoted string: \" and \\ stand for themselves.
            let mut inside = false;
            let mut chars = line.chars();
            while let Some(c) = chars.next() {
                match c {
                    '\\' if inside => assert!(matches!(chars.next(), Some('"' | '\\')), "{line}"),
                    '"' => inside = !inside,
                    _ => assert!(inside || !"<>&".contains(c) || line.contains(" -> "), "{line}"),
                }
            }
            assert!(!inside, "a label goes on after its line: {line}");
        }
        assert!(text.contains("&lt;b&gt;"), "{text}");
    }
}
