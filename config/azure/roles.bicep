// Roles for Drainwatch, one for each feature, with exactly the actions that it uses.
//
//   az deployment sub create --location westeurope --template-file roles.bicep --parameters features='["doctor","maintenance"]'
targetScope = 'subscription'

@description('For which features a role is made; see README.md.')
param features array = [
  'doctor'
]

var actions = {
  doctor: [
    'Microsoft.Authorization/permissions/read'
    'Microsoft.Compute/virtualMachineScaleSets/read'
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read'
    'Microsoft.Compute/virtualMachines/read'
  ]
  fix: [
    'Microsoft.Compute/locations/operations/read'
    'Microsoft.Compute/virtualMachineScaleSets/read'
    'Microsoft.Compute/virtualMachineScaleSets/write'
  ]
  rehearse: [
    'Microsoft.Compute/locations/operations/read'
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read'
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/redeploy/action'
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/restart/action'
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/simulateEviction/action'
    'Microsoft.Compute/virtualMachines/read'
    'Microsoft.Compute/virtualMachines/redeploy/action'
    'Microsoft.Compute/virtualMachines/restart/action'
    'Microsoft.Compute/virtualMachines/simulateEviction/action'
  ]
  maintenance: [
    'Microsoft.Compute/locations/operations/read'
    'Microsoft.Compute/virtualMachineScaleSets/read'
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/performMaintenance/action'
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read'
    'Microsoft.Compute/virtualMachines/performMaintenance/action'
    'Microsoft.Compute/virtualMachines/read'
  ]
  facts: [
    'Microsoft.Compute/virtualMachineScaleSets/read'
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read'
    'Microsoft.Compute/virtualMachines/read'
  ]
  members: [
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read'
  ]
  peers: [
    'Microsoft.Compute/virtualMachineScaleSets/read'
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read'
    'Microsoft.Compute/virtualMachines/read'
  ]
  states: [
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read'
    'Microsoft.Compute/virtualMachines/read'
  ]
  protection: [
    'Microsoft.Compute/locations/operations/read'
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read'
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/write'
  ]
  acknowledging: [
    'Microsoft.Maintenance/scheduledevents/acknowledge/action'
  ]
  events: [
    'Microsoft.Compute/virtualMachineScaleSets/read'
    'Microsoft.Compute/virtualMachines/read'
    'Microsoft.ResourceGraph/resources/read'
  ]
}

resource roles 'Microsoft.Authorization/roleDefinitions@2022-04-01' = [for feature in features: {
  name: guid(subscription().id, 'drainwatch', feature)
  properties: {
    roleName: 'Drainwatch ${feature}'
    description: 'What Drainwatch needs for: ${feature}'
    type: 'CustomRole'
    permissions: [
      {
        actions: actions[feature]
        notActions: []
      }
    ]
    assignableScopes: [
      subscription().id
    ]
  }
}]

output ids array = [for (feature, i) in features: roles[i].id]
