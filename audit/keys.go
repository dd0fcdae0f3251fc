package audit

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/key"
)

type keyInput struct {
	Body struct {
		InstitutionID string                  `json:"institution_id,omitempty" doc:"a key of this institution's system, known or not"`
		Roles         []claimwatch.CallerRole `json:"roles,omitempty" doc:"a key of a person with these roles"`
		City          string                  `json:"city,omitempty" maxLength:"64" doc:"of a person of this city's agency, who sees its institutions only; without it of the province"`
		Label         string                  `json:"label,omitempty" maxLength:"64" doc:"to tell keys apart; no name of a person"`
		Account       string                  `json:"account,omitempty" doc:"your own account_id, instead of roles and institution_id: a key that is you, for programs. Made by its person when signed in, by nobody else"`
		SHA256        string                  `json:"key_sha256,omitempty" doc:"hash of a key that the caller has made itself; without it the server makes one"`
	}
}

type keyAnswer struct {
	Body struct {
		KeyID         string                  `json:"key_id"`
		Key           string                  `json:"key,omitempty" doc:"shown once; only its hash is kept"`
		InstitutionID string                  `json:"institution_id,omitempty"`
		Roles         []claimwatch.CallerRole `json:"roles,omitempty"`
		City          string                  `json:"city,omitempty"`
		Account       string                  `json:"account,omitempty" doc:"who calls with it, in the journal and wherever two people must decide"`
	}
}

type revokeInput struct {
	KeyID string `path:"key_id"`
}

type revokeAnswer struct{}

func (a *Audit) registerKeys(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "add-key", Method: http.MethodPost, Path: "/v1/keys", Tags: []string{"keys"}, DefaultStatus: http.StatusCreated,
		Summary: "Make a bearer key", Description: "Of an institution or with roles, by an administrator; of an account by its person. The key is in the answer and nowhere else.",
	}, a.addKey)
	huma.Register(api, huma.Operation{
		OperationID: "list-keys", Method: http.MethodGet, Path: "/v1/keys", Tags: []string{"keys"},
		Summary: "Bearer keys, by id", Description: "All of them for an administrator of the province, those of its institution for a hospital, one's own for others. Never the keys themselves.",
	}, a.listKeys)
	huma.Register(api, huma.Operation{
		OperationID: "revoke-key", Method: http.MethodDelete, Path: "/v1/keys/{key_id}", Tags: []string{"keys"},
		Summary: "Revoke a key", Description: "Administrators any, people those that they have made of their accounts.", DefaultStatus: http.StatusNoContent,
	}, a.revokeKey)
}

func (a *Audit) addKey(ctx context.Context, in *keyInput) (*keyAnswer, error) {
	caller, err := mayAddKey(ctx, in.Body.Account)
	if err != nil {
		return nil, err
	}
	out := &keyAnswer{}
	wish := key.Key{
		SHA256: in.Body.SHA256, InstitutionID: in.Body.InstitutionID, Roles: in.Body.Roles, Label: in.Body.Label, City: in.Body.City, Person: in.Body.Account,
	}
	if err := readableIfAny("city", wish.City); err != nil {
		return nil, err
	}
	if err := readableIfAny("label", wish.Label); err != nil {
		return nil, err
	}
	if wish.SHA256 == "" {
		if out.Body.Key, err = key.New(rand.Reader); err != nil {
			return nil, err
		}
		wish.SHA256 = key.Hash(out.Body.Key)
	}
	if err := wish.Check(); err != nil {
		return nil, err
	}
	if err := a.keyCommand(ctx, caller, journal.TypeKeyAdd, wish); err != nil {
		return nil, err
	}
	out.Body.KeyID, out.Body.InstitutionID, out.Body.Roles, out.Body.City = key.ID(wish.SHA256), wish.InstitutionID, wish.Roles, wish.City
	if out.Body.Account = wish.Person; wish.Person != "" {
		out.Body.InstitutionID, out.Body.Roles, out.Body.City = caller.InstitutionID, caller.Roles, caller.City
	}
	return out, nil
}

// mayAddKey gives the caller when it may make a key: an administrator one of an
// institution or of roles, and who is signed in one of their own account. A key makes no
// other key of its person, or a stolen one would outlive its revocation.
func mayAddKey(ctx context.Context, account string) (claimwatch.Caller, error) {
	if account == "" {
		return province(ctx, administrators)
	}
	caller := claimwatch.CallerFrom(ctx)
	switch {
	case caller.KeyID == "":
		return caller, claimwatch.Refuse(claimwatch.CodeUnauthenticated, "sign in first")
	case caller.KeyID != account, claimwatch.VisitorFrom(ctx).Session == "":
		return caller, claimwatch.Refuse(claimwatch.CodeForbidden, "people make the keys of their accounts themselves, when they are signed in: nobody else may act in their name")
	}
	return caller, nil
}

func (a *Audit) revokeKey(ctx context.Context, in *revokeInput) (*revokeAnswer, error) {
	caller := claimwatch.CallerFrom(ctx)
	if k, known := a.deps.Journal.BearerKey(in.KeyID); !known || k.Person == "" || k.Person != caller.KeyID {
		if _, err := province(ctx, administrators); err != nil {
			return nil, err
		}
	}
	if in.KeyID == caller.KeyID {
		return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "a key does not revoke itself: use another administrator's")
	}
	return nil, a.keyCommand(ctx, caller, journal.TypeKeyRevoke, journal.KeyRevocation{KeyID: in.KeyID})
}

// keyCommand journals what happens to a key. Each is a wish of its own: a key
// that the server made is new whenever it is asked for.
func (a *Audit) keyCommand(ctx context.Context, caller claimwatch.Caller, t journal.Type, payload any) error {
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return fmt.Errorf("read clock: %w", err)
	}
	command, err := journal.NewCommand(journal.Command{
		ID: journal.CommandID(rand.Text()), Type: t, At: at, Actor: journal.ActorOf(caller),
	}, payload, nil)
	if err != nil {
		return err
	}
	_, err = a.deps.Journal.Do(ctx, command)
	return err
}
