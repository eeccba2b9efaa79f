//! The neutral form of a page: headings, paragraphs, tables of typed cells.
