package door

import (
	"fmt"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
)

// describe writes POST /v1/records into the document: its handler reads the
// body itself, so huma cannot know it.
func (d *Door) describe(api huma.API) {
	schemas := api.OpenAPI().Components.Schemas
	kinds := make([]*huma.Schema, 0, len(claimwatch.Kinds()))
	for _, kind := range claimwatch.Kinds() {
		name := "Record_" + kind.String()
		schemas.Map()[name] = recordSchema(kind)
		kinds = append(kinds, &huma.Schema{Ref: "#/components/schemas/" + name})
	}
	least, most := 1, 100_000
	array := &huma.Schema{Type: huma.TypeArray, MinItems: &least, MaxItems: &most, Items: &huma.Schema{OneOf: kinds}}
	receipt := &huma.MediaType{Schema: schemas.Schema(reflect.TypeFor[claimwatch.Receipt](), true, "")}
	api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "upload", Method: http.MethodPost, Path: "/v1/records", Tags: []string{"records"},
		Summary: "Upload records",
		Description: "One record a line, or a JSON array. gzip and zstd bodies are allowed; at most 16 MiB as sent, 64 MiB unpacked, " +
			"100,000 records, 1 MiB a line. A 5xx or a cut connection means unknown: sending again is always safe.",
		Parameters: []*huma.Param{
			{
				Name: "wait", In: "query", Description: "seconds to wait until the receipt is settled; 2 by default",
				Schema: between(&huma.Schema{}, 0, maxWait),
			},
			{Name: "atomic", In: "query", Description: "all or nothing", Schema: &huma.Schema{Type: huma.TypeBoolean}},
			{
				Name: claimwatch.HeaderSignature, In: "header", Schema: &huma.Schema{Type: huma.TypeString},
				Description: "the signature of the institution's electronic seal over the list of its records, CMS in base64 (docs/signatures.md); at most 1,000 records then",
			},
		},
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"application/json":     {Schema: array},
			"application/x-ndjson": {Schema: &huma.Schema{Type: huma.TypeString, Description: "one record a line"}},
		}},
		Responses: map[string]*huma.Response{"202": {
			Description: "every accepted record is in the log, with all replicas' acknowledgement",
			Headers:     map[string]*huma.Param{"Location": {Schema: &huma.Schema{Type: huma.TypeString}}},
			Content:     map[string]*huma.MediaType{"application/json": receipt},
		}},
	})
}

// recordSchema is a kind of record as JSON Schema, from the table of fields.
func recordSchema(kind claimwatch.Kind) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeObject, AdditionalProperties: false, Properties: map[string]*huma.Schema{}}
	for _, spec := range append(claimwatch.CommonFields(kind), kind.Fields()...) {
		s.Properties[spec.Name] = fieldSchema(spec)
		if spec.Required {
			s.Required = append(s.Required, spec.Name)
		}
	}
	s.Properties["kind"] = &huma.Schema{Type: huma.TypeString, Enum: []any{kind.String()}}
	return s
}

func fieldSchema(spec claimwatch.Spec) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString}
	length := func(most int, pattern string) {
		least := 1
		s.MinLength, s.MaxLength, s.Pattern = &least, &most, pattern
	}
	switch spec.Type {
	case claimwatch.TypeID:
		length(64, `^[A-Za-z0-9._:\-]+$`)
	case claimwatch.TypeItemCode:
		length(64, `^[!-{}~]+$`)
	case claimwatch.TypeText:
		length(256, "")
	case claimwatch.TypeBodyPart:
		length(256, `^[^|]+$`)
	case claimwatch.TypeHash:
		s.Pattern = `^[0-9a-fA-F]{64}$`
	case claimwatch.TypeWord:
		for _, word := range spec.Words {
			s.Enum = append(s.Enum, word)
		}
	case claimwatch.TypeCodes:
		longest := 256
		s = &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, MaxLength: &longest}}
	case claimwatch.TypeBool:
		s.Type = huma.TypeBoolean
	case claimwatch.TypeInt:
		between(s, spec.Min, spec.Max)
	case claimwatch.TypeAmount, claimwatch.TypeQuantity, claimwatch.TypePrice, claimwatch.TypeRatio:
		s.Pattern = fmt.Sprintf(`^-?(0|[1-9][0-9]*)(\.[0-9]{1,%d})?$`, spec.Type.Decimals())
		s.Description = "a decimal string"
	case claimwatch.TypeTime:
		s.Format, s.Description = "date-time", "RFC 3339 with an offset, at most 3 fraction digits"
	case claimwatch.TypeMonth:
		s.Pattern = `^[0-9]{4}-(0[1-9]|1[0-2])$`
	}
	return s
}
