//! `cargo xtask build` asks for a program that can be split; whatever else compiles it leaves it whole.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(split)");
    println!("cargo::rerun-if-env-changed=PLANNER_SPLIT");
    if std::env::var_os("PLANNER_SPLIT").is_some() {
        println!("cargo::rustc-cfg=split");
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
