{{- /*
drainwatch.yml. Where pods are to be left, every rule says so, and a last one for what no rule names:
what the role forbids must not be tried.
*/}}
{{- define "drainwatch.config" -}}
{{- $config := deepCopy .Values.config }}
{{- if eq .Values.atDeadline "leave" }}
{{- $rules := list }}
{{- range (default list $config.policy) }}
{{- $rules = append $rules (merge (dict "at-deadline" "leave") .) }}
{{- end }}
{{- $_ := set $config "policy" (append $rules (dict "at-deadline" "leave")) }}
{{- end }}
{{- if .Values.permissions.podDisruptionBudgets }}
{{- $kubernetes := default dict $config.kubernetes }}
{{- $eviction := merge (dict "read-budgets" true) (default dict $kubernetes.eviction) }}
{{- $_ := set $config "kubernetes" (merge (dict "eviction" $eviction) $kubernetes) }}
{{- end }}
{{- if .Values.scaleDown.enabled }}
{{- $namespaces := .Values.scaleDown.namespaces }}
{{- if kindIs "string" $namespaces }}
{{- $namespaces = list $namespaces }}
{{- end }}
{{- $_ := set $config "scale-down" (dict "enabled" true "namespaces" $namespaces) }}
{{- end }}
{{- if .Values.azure.enabled }}
{{- $azure := dict "enabled" true "look-after" .Values.azure.lookAfter "protect-instances" .Values.azure.protectInstances }}
{{- $_ := set $azure "resource-graph-events" .Values.azure.resourceGraphEvents }}
{{- $_ := set $azure "resource-graph-interval" .Values.azure.resourceGraphInterval }}
{{- $_ := set $azure "acknowledge-for-lost-watchers" .Values.azure.acknowledgeForLostWatchers }}
{{- $_ := set $config "azure" (merge $azure (default dict $config.azure)) }}
{{- end }}
{{- if .Values.azure.workloadIdentity.enabled }}
{{- $_ := set $config "azure" (merge (dict "credential" "workload-identity") (default dict $config.azure)) }}
{{- end }}
{{- if $config }}
{{- toYaml (dict "drainwatch" $config) }}
{{- else -}}
# all defaults
{{- end }}
{{- end }}

{{- /*
The scripts: {hook, name, volume, key} as a JSON list, in a fixed order.

Each is mounted by itself. A ConfigMap mounted as a directory has mode 0777 at its top, which the
daemon refuses, and is emptied under a running pod when the ConfigMap is deleted or renamed keys.
*/}}
{{- define "drainwatch.scripts" -}}
{{- $found := list }}
{{- range $hook, $scripts := .Values.hooks.scripts }}
{{- range $name, $_ := $scripts }}
{{- $found = append $found (dict "hook" $hook "name" $name "volume" "hooks" "key" (printf "%s.%s" $hook $name)) }}
{{- end }}
{{- end }}
{{- range .Values.hooks.configMap.scripts }}
{{- $found = append $found (dict "hook" .hook "name" .name "volume" "hooks-given" "key" .key) }}
{{- end }}
{{- $found | toJson }}
{{- end }}
