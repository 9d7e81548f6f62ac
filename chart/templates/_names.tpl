{{- define "drainwatch.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- /* Room is left for "-watcher-own-node" and the like. */}}
{{- define "drainwatch.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 43 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) }}
{{- $full | trunc 43 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- /* What is not of a name space has its name in it: two releases must not share a role. */}}
{{- define "drainwatch.clusterName" -}}
{{- printf "%s-%s" .Release.Namespace (include "drainwatch.fullname" .) | trimPrefix "-" }}
{{- end }}

{{- define "drainwatch.labels" -}}
app.kubernetes.io/name: {{ include "drainwatch.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* (list . "watcher"): what selectors go by; never changes between versions. */}}
{{- define "drainwatch.selector" -}}
{{- $ := index . 0 -}}
app.kubernetes.io/name: {{ include "drainwatch.name" $ }}
app.kubernetes.io/instance: {{ $.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- /* (list . "watcher"): true where that one asks Azure as a workload identity. */}}
{{- define "drainwatch.asksAzure" -}}
{{- $ := index . 0 -}}
{{- $facts := eq (dig "context" "resource-manager" false $.Values.config | toString) "true" -}}
{{- if and $.Values.azure.workloadIdentity.enabled (or (eq (index . 1) "drainer") $facts) -}}
true
{{- end }}
{{- end }}

{{/* A drainer that asks Azure as the managed identity of the Node that it runs on. */}}
{{- define "drainwatch.asksAsItsNode" -}}
{{- $ := index . 0 -}}
{{- if and $.Values.azure.enabled (eq (index . 1) "drainer") (not $.Values.azure.workloadIdentity.enabled) -}}
true
{{- end }}
{{- end }}

{{- define "drainwatch.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}
