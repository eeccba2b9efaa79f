//! What git knows about the register, handed on as model data.
