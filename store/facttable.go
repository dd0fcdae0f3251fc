package store

import "claimwatch"

// factTable is the table that holds the records of a kind: its plural.
func factTable(kind claimwatch.Kind) string {
	switch kind {
	case claimwatch.Leave:
		return "leaves"
	default:
		return kind.String() + "s"
	}
}

// fieldType is the column type of a field. Texts need no Nullable, for an
// absent text and an empty one are the same (contract, section 1).
func fieldType(spec claimwatch.Spec) string {
	plain := ""
	switch spec.Type {
	case claimwatch.TypeBool:
		plain = "Bool"
	case claimwatch.TypeInt:
		plain = "Int32"
	case claimwatch.TypeAmount, claimwatch.TypeQuantity, claimwatch.TypePrice, claimwatch.TypeRatio:
		plain = "Int64"
	case claimwatch.TypeTime:
		plain = timeType
	case claimwatch.TypeCodes:
		return "Array(String)"
	default:
		return "String"
	}
	if spec.Required {
		return plain
	}
	return "Nullable(" + plain + ")"
}
