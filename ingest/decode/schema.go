package decode

import (
	"fmt"

	"claimwatch"
)

// JSONSchema gives a JSON Schema 2020-12 for each kind of record, by its name,
// made from the field table that the decoder reads. A schema says what one field
// can say about itself; limits of numbers beyond their digits, dates that do not
// exist, invisible characters and what needs two fields are the decoder's alone.
func JSONSchema() map[string]any {
	schemas := make(map[string]any, kindCount)
	for _, kind := range claimwatch.Kinds() {
		schemas[kind.String()] = kindSchema(kind)
	}
	return schemas
}

func kindSchema(kind claimwatch.Kind) map[string]any {
	properties := map[string]any{}
	required := []string{}
	for _, spec := range append(claimwatch.CommonFields(kind), kind.Fields()...) {
		schema := fieldSchema(spec)
		if spec.Name == "kind" {
			schema = map[string]any{"type": "string", "const": kind.String()}
		}
		if spec.Required {
			required = append(required, spec.Name)
		} else { // null and "" are absence
			schema = map[string]any{"anyOf": []any{schema, map[string]any{"enum": []any{nil, ""}}}}
		}
		properties[spec.Name] = schema
	}
	return map[string]any{
		"$schema":              "https://json-schema.org/draft/2020-12/schema",
		"title":                kind.String(),
		"type":                 "object",
		"properties":           properties,
		"required":             required,
		"additionalProperties": false,
	}
}

// fieldSchema describes one value that is there.
func fieldSchema(spec claimwatch.Spec) map[string]any {
	switch spec.Type {
	case claimwatch.TypeBool:
		return map[string]any{"type": "boolean"}
	case claimwatch.TypeInt:
		return map[string]any{"type": "integer", "minimum": spec.Min, "maximum": spec.Max}
	case claimwatch.TypeCodes:
		return map[string]any{"type": "array", "maxItems": maxElements, "items": textSchema(plainText, maxTextLength)}
	case claimwatch.TypeWord:
		return map[string]any{"type": "string", "enum": spec.Words}
	case claimwatch.TypeTime:
		return map[string]any{"type": "string", "format": "date-time", "pattern": timePattern.String()}
	case claimwatch.TypeAmount, claimwatch.TypeQuantity, claimwatch.TypePrice, claimwatch.TypeRatio:
		return map[string]any{"type": "string", "pattern": decimalPattern(spec)}
	case claimwatch.TypeID:
		return textSchema(idPattern.String(), maxIDLength)
	case claimwatch.TypeItemCode:
		return textSchema(itemPattern.String(), maxIDLength)
	case claimwatch.TypeHash:
		return map[string]any{"type": "string", "pattern": hashPattern.String()}
	case claimwatch.TypeMonth:
		return map[string]any{"type": "string", "pattern": monthPattern.String()}
	case claimwatch.TypeBodyPart:
		return textSchema(`^[^\u0000-\u001f\u007f-\u009f|]+$`, maxTextLength)
	default:
		return textSchema(plainText, maxTextLength)
	}
}

const plainText = `^[^\u0000-\u001f\u007f-\u009f]+$`

func textSchema(pattern string, longest int) map[string]any {
	return map[string]any{"type": "string", "pattern": pattern, "minLength": 1, "maxLength": longest}
}

// decimalPattern bounds the digits of a number by its largest value.
func decimalPattern(spec claimwatch.Spec) string {
	sign := ""
	if spec.Min < 0 {
		sign = "-?"
	}
	whole := len(claimwatch.AppendDecimal(nil, spec.Max/pow10(spec.Type.Decimals()), 0))
	return fmt.Sprintf(`^%s(0|[1-9][0-9]{0,%d})(\.[0-9]{1,%d})?$`, sign, whole-1, spec.Type.Decimals())
}

func pow10(n int) int64 {
	power := int64(1)
	for range n {
		power *= 10
	}
	return power
}
