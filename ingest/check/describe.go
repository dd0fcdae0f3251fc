package check

import (
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// Register writes POST /v1/check into the document, below the upload, whose
// body it takes. Its handler reads the body itself.
func (c *Check) Register(api huma.API) {
	document := api.OpenAPI()
	answer := document.Components.Schemas.Schema(reflect.TypeFor[Answer](), true, "")
	document.AddOperation(&huma.Operation{
		OperationID: "check", Method: http.MethodPost, Path: "/v1/check", Tags: []string{"records"},
		Summary: "What records would cause, before they are sent",
		Description: "The body of an upload, of at most 1,000 records and 20 persons. Nothing is stored. The answer holds the findings that " +
			"these records would open or revise, from the institution's own data and the person's own supply and limits; of findings that " +
			"other institutions have to do with, the own lines only. It may be asked far less often than records are uploaded: 429 slow_down.",
		RequestBody: document.Paths["/v1/records"].Post.RequestBody,
		Responses: map[string]*huma.Response{"200": {
			Description: "what the records would cause, and which of them would be refused",
			Content:     map[string]*huma.MediaType{"application/json": {Schema: answer}},
		}},
	})
}
