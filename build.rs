//! The scaffolds are compiled in: a new file among them must lead to a new program.

fn main() {
    println!("cargo:rerun-if-changed=scaffolds");
    println!("cargo:rerun-if-changed=build.rs");
}
