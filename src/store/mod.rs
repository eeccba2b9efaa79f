//! Where files are, behind one `Source` trait; atomic writes, the lock, and git. The only user of `std::fs` and of git.
