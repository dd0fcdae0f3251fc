package audit

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// nullObjects lets what answers write as null be null in the document: a pointer that is
// always written, to a struct or to a type that brings a schema of its own, which huma
// does not see through.
func nullObjects(api huma.API) {
	schemas := api.OpenAPI().Components.Schemas
	for name, schema := range schemas.Map() {
		t := schemas.TypeFromRef("#/components/schemas/" + name)
		for t != nil && t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t == nil || t.Kind() != reflect.Struct {
			continue
		}
		for _, field := range reflect.VisibleFields(t) {
			key, options, _ := strings.Cut(field.Tag.Get("json"), ",")
			property := schema.Properties[key]
			if field.Type.Kind() != reflect.Pointer || strings.Contains(options, "omitempty") || property == nil {
				continue
			}
			if property.Ref == "" {
				property.Nullable = true
				continue
			}
			schema.Properties[key] = &huma.Schema{
				Description: field.Tag.Get("doc"), AnyOf: []*huma.Schema{{Ref: property.Ref}, {Type: "null"}},
			}
		}
	}
}
