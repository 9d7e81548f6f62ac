{{- /* What both pods have in common. */}}

{{- /* 0.0.0.0 where somebody asks from outside, also for IPv6: Java listens on every address then. */}}
{{- define "drainwatch.watcherHost" -}}
{{- if and .Values.watcher.hostNetwork (eq .Values.monitoring.kind "none") -}}
127.0.0.1
{{- else -}}
0.0.0.0
{{- end }}
{{- end }}

{{- /* (dict "root" $ "host" "0.0.0.0" "part" .Values.watcher) */}}
{{- define "drainwatch.env" -}}
- name: DRAINWATCH_KUBERNETES_FORM
  value: {{ .root.Values.form }}
- name: DRAINWATCH_KUBERNETES_NODE_NAME
  valueFrom:
    fieldRef:
      fieldPath: spec.nodeName
- name: DRAINWATCH_KUBERNETES_POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: DRAINWATCH_KUBERNETES_POD_UID
  valueFrom:
    fieldRef:
      fieldPath: metadata.uid
- name: DRAINWATCH_KUBERNETES_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
# below the mount: an emptyDir itself can be written by everybody, which the daemon refuses
- name: DRAINWATCH_STATE_DIR
  value: /var/lib/drainwatch/state
- name: MICRONAUT_SERVER_HOST
  value: {{ .host }}
- name: MICRONAUT_SERVER_PORT
  value: {{ .root.Values.http.port | quote }}
{{- with .part.javaOptions }}
- name: DRAINWATCH_JAVA_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- with .part.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* The daemon starts within seconds; it is not ready until the metadata service or the API answered. */}}
{{- define "drainwatch.probes" -}}
{{- $local := eq .host "127.0.0.1" -}}
startupProbe:
  httpGet:
    path: /health/liveness
    port: http
    {{- if $local }}
    host: 127.0.0.1
    {{- end }}
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 30
livenessProbe:
  httpGet:
    path: /health/liveness
    port: http
    {{- if $local }}
    host: 127.0.0.1
    {{- end }}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
readinessProbe:
  httpGet:
    path: /health/readiness
    port: http
    {{- if $local }}
    host: 127.0.0.1
    {{- end }}
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 3
{{- end }}

{{- define "drainwatch.podSecurity" -}}
{{- if eq . "none" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
{{- else -}}
runAsUser: 0
runAsGroup: 0
{{- end }}
{{- if ne . "host" }}
seccompProfile:
  type: RuntimeDefault
{{- end }}
{{- end }}

{{- define "drainwatch.containerSecurity" -}}
readOnlyRootFilesystem: true
{{- if eq . "host" }}
privileged: true
{{- else }}
allowPrivilegeEscalation: false
capabilities:
  drop: [ALL]
{{- end }}
{{- end }}

{{- define "drainwatch.image.container" -}}
image: {{ include "drainwatch.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
{{- end }}

{{- /* By file, not by directory: what is mounted at /etc/drainwatch would hide the hooks below it. */}}
{{- define "drainwatch.configMount" -}}
- name: config
  mountPath: /etc/drainwatch/drainwatch.yml
  subPath: drainwatch.yml
  readOnly: true
{{- end }}

{{- define "drainwatch.configVolume" -}}
- name: config
  configMap:
    name: {{ include "drainwatch.fullname" . }}-config
    defaultMode: 0444
{{- end }}

{{- /* As a directory: a secret that is renewed is renewed in the pod too, which it is not by file. */}}
{{- define "drainwatch.secretsMount" -}}
{{- with .Values.notifications.secret -}}
- name: secrets
  mountPath: /etc/drainwatch/secrets
  readOnly: true
{{- end }}
{{- end }}

{{- define "drainwatch.secretsVolume" -}}
{{- with .Values.notifications.secret -}}
- name: secrets
  secret:
    secretName: {{ . }}
    defaultMode: 0444
{{- end }}
{{- end }}
