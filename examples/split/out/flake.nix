{
  description = "Dagster with its web UI, GraphQL API and PostgreSQL storage";

  # Not the nixpkgs that Flox uses. `nix flake update` writes which one it is to flake.lock; that wants a network.
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;

      forEach =
        f:
        lib.genAttrs [ "aarch64-darwin" "aarch64-linux" "x86_64-linux" ] (
          system: f nixpkgs.legacyPackages.${system} self.packages.${system}
        );

      meta.description = "Dagster with its web UI, GraphQL API and PostgreSQL storage";
    in
    {
      # A flake takes packages, and no sets of them. What a set holds is in the overlay.
      packages = forEach (
        pkgs: _:
        let
          packages = import ./default.nix { inherit pkgs; };
        in
        lib.filterAttrs (_: lib.isDerivation) packages // { default = packages.dagster-complete; }
      );

      overlays.default = (import ./default.nix { inherit lib; }).overlays.default;

      # `nix run .#dagster`
      apps = forEach (
        _: packages:
        let
          app = program: {
            inherit meta;
            type = "app";
            program = "${packages.default}/bin/${program}";
          };
        in
        lib.genAttrs [
          "dagster"
          "dagster-daemon"
          "dagster-graphql"
          "dagster-webserver"
          "dagster-webserver-debug"
        ] app
        // {
          default = app "dagster";
        }
      );

      # `nix develop`: the programs, and dagster-python, the interpreter that sees every package.
      devShells = forEach (
        pkgs: packages: {
          default = pkgs.mkShell {
            packages = [
              packages.default
            ];
          };
        }
      );

      # Every package builds, and what `tests/verify` proves without a network, up to a job and an asset.
      checks = forEach (
        pkgs: packages:
        removeAttrs packages [ "default" ]
        // {
          verify = pkgs.runCommand "dagster-complete-verify" { } ''
            export HOME=$TMPDIR
            bash ${./tests/verify} --result ${packages.default} --level 4
            touch $out
          '';
        }
      );
    };
}
