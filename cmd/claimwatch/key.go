package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"claimwatch"
	"claimwatch/audit/secret"
)

type keyCommand struct {
	New     keyNewCommand     `cmd:"" help:"Make a key and print it once."`
	Signing keySigningCommand `cmd:"" help:"Make a key pair that signs heads of the journal."`
	Signin  keySigninCommand  `cmd:"" help:"Make the key that closes second factors in the log."`
}

func (keyCommand) Help() string { return "Example:\n  claimwatch key new --institution H001" }

type keyNewCommand struct {
	clientFlags
	Institution string   `xor:"who" help:"A key of this institution's system."`
	Role        []string `xor:"who" help:"A key of a person with this role: officer, reviewer, director, clerk, supervisor, administrator."`
	City        string   `help:"With --role: of this city's agency, who sees its institutions only. Without it of the province."`
	JSON        bool     `name:"json" help:"One JSON object."`
}

func (keyNewCommand) Help() string {
	return `Only the hash of a key is kept: it is printed now and never again, as the last word on stdout.

Example:
  claimwatch key new --institution H001
  claimwatch key new --role officer --role reviewer
  claimwatch key new --role officer --city 太原`
}

func (c keyNewCommand) Run(ctx context.Context, term terminal) error {
	if c.Institution == "" && len(c.Role) == 0 {
		return wrongUsage("give --institution ID or --role ROLE")
	}
	if c.Institution != "" && c.City != "" {
		return wrongUsage("--city goes with --role: an institution's city stands in the table institutions")
	}
	for _, role := range c.Role {
		if !slices.Contains(claimwatch.StaffRoles(), claimwatch.CallerRole(role)) {
			return wrongUsage("--role %s: roles are officer, reviewer, director, clerk, supervisor, administrator", role)
		}
	}
	server, err := c.client()
	if err != nil {
		return err
	}
	key, hash := newKey()
	var answer struct {
		KeyID string `json:"key_id"`
	}
	ask := map[string]any{"key_sha256": hash}
	if c.Institution != "" {
		ask["institution_id"] = c.Institution
	} else {
		ask["roles"], ask["city"] = c.Role, c.City
	}
	if err := server.post(ctx, "/v1/keys", ask, &answer); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(term.out).Encode(map[string]string{"key_id": answer.KeyID, "key": key})
	}
	_, err = fmt.Fprintf(term.out, "key %s, keep it: %s\n", answer.KeyID, key)
	return err
}

type keySigninCommand struct {
	Out string `required:"" type:"path" help:"The file to make."`
}

func (keySigninCommand) Help() string {
	return `For sign_in.key in the configuration: the same file for every process that answers browsers.
Whoever has it and the log can read the secrets of second factors; without it nobody gets past theirs.

Example:
  claimwatch key signin --out /etc/claimwatch/signin.key`
}

func (c keySigninCommand) Run(term terminal) error {
	if err := writeNew(c.Out, string(secret.NewKey()), 0o600); err != nil {
		return err
	}
	_, err := fmt.Fprintf(term.out, "made %s\n", c.Out)
	return err
}

// newKey makes a bearer key and the hash by which a server knows it. The key
// itself never leaves the machine on which it is made.
func newKey() (key, hash string) {
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never fails (crypto/rand)
	key = "cw_" + base64.RawURLEncoding.EncodeToString(random)
	sum := sha256.Sum256([]byte(key))
	return key, hex.EncodeToString(sum[:])
}
