{
  description = "Dagster with its web UI, GraphQL API and PostgreSQL storage";

  # Not the nixpkgs that Flox uses. `nix flake update` moves it.
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }:
    {
      packages = nixpkgs.lib.genAttrs [ "aarch64-darwin" "aarch64-linux" "x86_64-linux" ] (
        system:
        let
          packages = import ./default.nix { pkgs = nixpkgs.legacyPackages.${system}; };
        in
        packages // { default = packages.dagster-complete; }
      );
    };
}
