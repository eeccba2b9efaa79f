//! A drawing of points in groups and of what leads from one to another, for programs that lay it out.

/// Points in groups, and the edges between them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagram {
    /// What it shows.
    pub title: String,
    /// The groups with their points.
    pub groups: Vec<DiagramGroup>,
    /// The edges, by the places of their points in all groups counted through.
    pub edges: Vec<DiagramEdge>,
}

/// Points that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagramGroup {
    /// What the group is called.
    pub label: String,
    /// What its points are called.
    pub points: Vec<String>,
}

/// What leads from one point to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagramEdge {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What is said beside it.
    pub label: String,
    /// How it is drawn.
    pub stroke: Stroke,
}

/// How an edge is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stroke {
    /// As most are.
    #[default]
    Plain,
    /// So that the eye finds it: it is in trouble.
    Thick,
    /// Broken: it is no longer waited for, or never will be.
    Dashed,
}
